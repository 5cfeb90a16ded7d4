// From metres east, north and up around the camera to pixels of its picture.

const radians = (degrees) => degrees * Math.PI / 180;
const degrees = (angle) => angle * 180 / Math.PI;

// What a browser does not tell: how much of the world the picture's long side shows. The main cameras
// of phones have lenses like 27 mm on 35 mm film, of which the long side is 36 mm.
export const longSideDegrees = 67;
// What is nearer than this to the camera's own plane is not drawn, in metres.
const nearestMetres = 0.3;
// A camera that looks so steeply down shows the way by the upper edge of the screen.
const steepShare = 0.35;

// The axes of the screen in the world: right, up, and out of the screen towards the eye.
//
// W3C Device Orientation: the device is turned by alpha about its z, then beta about its x, then gamma
// about its y axis, from lying flat with its top to the north.
export function screenAxes(alpha, beta, gamma, screenDegrees) {
  const [a, b, g, s] = [alpha, beta, gamma, screenDegrees].map(radians);
  const [ca, sa, cb, sb, cg, sg] = [
    Math.cos(a), Math.sin(a), Math.cos(b), Math.sin(b), Math.cos(g), Math.sin(g)];
  const x = [ca * cg - sa * sb * sg, sa * cg + ca * sb * sg, -cb * sg];
  const y = [-sa * cb, ca * cb, sb];
  const z = [ca * sg + sa * sb * cg, sa * sg - ca * sb * cg, cb * cg];
  // The picture stands upright on a screen that was turned.
  const mix = (p, u, q, v) => u.map((_, at) => p * u[at] + q * v[at]);
  return { right: mix(Math.cos(s), x, -Math.sin(s), y), up: mix(Math.sin(s), x, Math.cos(s), y), out: z };
}

// Where the camera at the back looks, clockwise from north.
export function cameraHeading({ up, out }) {
  const forward = out.map((value) => -value);
  const flat = Math.hypot(forward[0], forward[1]);
  // Upright or nearly so the camera itself says it; lying flat the top of the screen does.
  const [east, north] = flat >= steepShare ? forward : up;
  return (degrees(Math.atan2(east, north)) + 360) % 360;
}

export class Projection {
  // The size of the screen, and of the picture that covers it.
  constructor(axes, width, height, pictureWidth = 4, pictureHeight = 3) {
    this.axes = axes;
    this.width = width;
    this.height = height;
    const scale = Math.max(width / pictureWidth, height / pictureHeight);
    const long = Math.max(pictureWidth, pictureHeight) * scale;
    this.focal = long / 2 / Math.tan(radians(longSideDegrees / 2));
  }

  // The pixel of a point [east, north, up] in metres from the camera; null behind it.
  pixel(point) {
    const along = (axis) => axis[0] * point[0] + axis[1] * point[1] + axis[2] * point[2];
    const depth = -along(this.axes.out);
    if (depth < nearestMetres) return null;
    return {
      x: this.width / 2 + this.focal * along(this.axes.right) / depth,
      y: this.height / 2 - this.focal * along(this.axes.up) / depth,
      depth,
    };
  }
}

// The turn from one direction to another, −180…180, to the right positive.
export function turnDegrees(from, to) {
  return ((to - from + 540) % 360) - 180;
}
