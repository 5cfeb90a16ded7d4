import Cartography
import Testing
