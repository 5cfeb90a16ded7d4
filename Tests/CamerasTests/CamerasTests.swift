import Cameras
import Testing
