// WebXR immersive-ar, where a browser has it: the arrows stay on the ground while the phone moves. The
// room of WebXR knows no north; it is turned by what the compass says when the session begins.
// Tested against a made-up device only: nobody has proven it on a real phone.

import { cameraHeading } from "./projection.js";

const chevronMetres = [2, 4, 6, 8, 11, 14, 18];
const chevronSize = 0.5;

export async function isRoomViewPossible() {
  return Boolean(await navigator.xr?.isSessionSupported?.("immersive-ar").catch(() => false));
}

export class RoomView {
  constructor(walk) { this.walk = walk; }

  async start() {
    this.session = await navigator.xr.requestSession("immersive-ar", {
      requiredFeatures: ["local-floor"], optionalFeatures: ["dom-overlay"],
      domOverlay: { root: this.walk.root },
    });
    const canvas = document.createElement("canvas");
    this.gl = canvas.getContext("webgl2", { xrCompatible: true });
    this.#prepare();
    await this.session.updateRenderState({ baseLayer: new XRWebGLLayer(this.session, this.gl) });
    this.space = await this.session.requestReferenceSpace("local-floor");
    this.session.addEventListener("end", () => { this.session = null; });
    this.session.requestAnimationFrame((_, frame) => this.#frame(frame));
  }

  stop() { this.session?.end(); }

  #prepare() {
    const { gl } = this;
    const shader = (type, text) => {
      const made = gl.createShader(type);
      gl.shaderSource(made, text);
      gl.compileShader(made);
      return made;
    };
    const program = gl.createProgram();
    gl.attachShader(program, shader(gl.VERTEX_SHADER, `#version 300 es
      uniform mat4 projection, view; in vec3 place;
      void main() { gl_Position = projection * view * vec4(place, 1.0); }`));
    gl.attachShader(program, shader(gl.FRAGMENT_SHADER, `#version 300 es
      precision mediump float; out vec4 colour;
      void main() { colour = vec4(0.49, 0.82, 0.77, 0.9); }`));
    gl.linkProgram(program);
    this.program = program;
    this.buffer = gl.createBuffer();
  }

  // The direction of the room's −z axis, clockwise from north, from the first pose and the compass.
  #north(pose) {
    if (this.turn === undefined && this.walk.axes) {
      const { x, y, z, w } = pose.transform.orientation;
      // −z of the camera in the room.
      const [right, ahead] = [-2 * (x * z + w * y), 1 - 2 * (x * x + y * y)];
      const inRoom = Math.atan2(right, ahead) * 180 / Math.PI;
      this.turn = cameraHeading(this.walk.axes) - inRoom;
      this.walk.root.dataset.roomTurn = this.turn.toFixed(2);
    }
    return this.turn;
  }

  #frame(frame) {
    if (!this.session) return;
    this.session.requestAnimationFrame((_, next) => this.#frame(next));
    const pose = frame.getViewerPose(this.space);
    const { following } = this.walk;
    if (!pose || !following.estimate || following.isVague) return;
    const north = this.#north(pose);
    if (north === undefined) return;
    const places = this.#triangles(pose.transform.position, north * Math.PI / 180);
    this.walk.root.dataset.roomTriangles = places.length / 9;
    this.#paint(pose, new Float32Array(places));
  }

  // The arrows in the room, around where the phone is in it.
  #triangles({ x, z }, turn) {
    const { map, metres, estimate } = this.walk.following;
    const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
    const room = (east, north) => {
      const [e, n] = [east - estimate.eastMetres, north - estimate.northMetres];
      return [x + e * cosine - n * sine, 0, z - (e * sine + n * cosine)];
    };
    return chevronMetres.filter((ahead) => metres + ahead <= map.routeLength).flatMap((ahead) => {
      const place = map.routePlace(metres + ahead);
      const angle = place.bearing * Math.PI / 180;
      const corner = (forward, side) => room(
        place.east + chevronSize * (forward * Math.sin(angle) + side * Math.cos(angle)),
        place.north + chevronSize * (forward * Math.cos(angle) - side * Math.sin(angle)));
      return [...corner(1, 0), ...corner(-0.7, 0.8), ...corner(-0.7, -0.8)];
    });
  }

  #paint(pose, places) {
    const { gl, program, session } = this;
    const layer = session.renderState.baseLayer;
    gl.bindFramebuffer(gl.FRAMEBUFFER, layer.framebuffer);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    gl.useProgram(program);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    gl.bufferData(gl.ARRAY_BUFFER, places, gl.DYNAMIC_DRAW);
    const attribute = gl.getAttribLocation(program, "place");
    gl.enableVertexAttribArray(attribute);
    gl.vertexAttribPointer(attribute, 3, gl.FLOAT, false, 0, 0);
    for (const view of pose.views) {
      const port = layer.getViewport(view);
      gl.viewport(port.x, port.y, port.width, port.height);
      const uniform = (name) => gl.getUniformLocation(program, name);
      gl.uniformMatrix4fv(uniform("projection"), false, view.projectionMatrix);
      gl.uniformMatrix4fv(uniform("view"), false, view.transform.inverse.matrix);
      gl.drawArrays(gl.TRIANGLES, 0, places.length / 3);
    }
  }
}
