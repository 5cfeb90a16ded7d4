import Sightings
import Testing
