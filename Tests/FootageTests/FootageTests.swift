import Footage
import Testing
