import Wayfinding
import Testing
