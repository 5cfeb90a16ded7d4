import MissingPersons
import Testing
