import CityMap
import Testing
