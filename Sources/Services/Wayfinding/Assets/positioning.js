// Where a walker is, from the fixes of the phone: the filter of the engine (Routing/Positioning) in
// JavaScript, number for number, so that it goes on without a connection. The fixture
// Tests/Browser/positioning.json holds both to the same answers.

const settings = {
  noiseMetres: 8, biasMetres: 7, biasSeconds: 150, speedNoise: 0.5, headingNoise: 30,
  usualSpeed: 1.1, usualSpeedNoise: 0.6,
};
const maximumHypothesisCount = 1024;
const maximumHopCount = 6;
const maximumGapSeconds = 60;
const maximumSeedMetres = 60;
const standingSpeed = 0.3;
const cellMetres = 2;
const routeShare = 0.7;
const turnRoundShare = 0.01;
const routeCorridorMetres = 6;
const alarmProbability = 0.75;
const alarmCertainty = 0.95;
const lostInnovation = 6;
const lostFixCount = 5;
const maximumCentreCount = 48;
const nearMetres = 9;
const lineMetres = 4;
const caution = 1.5;
const metresPerDegree = 6371008.8 * Math.PI / 180;

const sumOf = (numbers) => numbers.reduce((sum, number) => sum + number, 0);

// The ways around a route, as arcs: 2 × segment walks it from its tail, the next number walks it back.
export class LocalMap {
  constructor(network) {
    this.latitude = network.latitude;
    this.longitude = network.longitude;
    this.metresPerEast = metresPerDegree * Math.cos(network.latitude * Math.PI / 180);
    this.hasRoute = network.route.length > 0;
    this.points = [];
    this.lengths = [];
    this.arcs = [];
    this.routeParts = new Map();
    this.routeDistances = [];
    this.line = [];
    for (const segment of network.segments) this.#add(segment);
    this.#join(network.segments);
    this.#lead(network.route);
  }

  #add(segment) {
    const points = [];
    for (let at = 0; at + 1 < segment.centimetres.length; at += 2) {
      points.push([segment.centimetres[at] / 100, segment.centimetres[at + 1] / 100]);
    }
    const sums = [0];
    for (let at = 1; at < points.length; at++) {
      const [x, y] = [points[at][0] - points[at - 1][0], points[at][1] - points[at - 1][1]];
      sums.push(sums[at - 1] + Math.sqrt(x * x + y * y));
    }
    this.points.push(points);
    this.lengths.push(sums);
    const length = sums[sums.length - 1];
    this.arcs.push({ length, isWalkable: segment.isForward, isRoute: false, next: [] });
    this.arcs.push({ length, isWalkable: segment.isBackward, isRoute: false, next: [] });
  }

  #join(segments) {
    const leaving = new Map();
    const leave = (node, arc) => leaving.set(node, [...leaving.get(node) ?? [], arc]);
    segments.forEach((segment, number) => {
      if (segment.isForward) leave(segment.tail, 2 * number);
      if (segment.isBackward) leave(segment.head, 2 * number + 1);
    });
    segments.forEach((segment, number) => {
      for (const [arc, end] of [[2 * number, segment.head], [2 * number + 1, segment.tail]]) {
        this.arcs[arc].next = (leaving.get(end) ?? []).filter((other) => other !== (arc ^ 1));
      }
    });
  }

  #lead(route) {
    let before = 0;
    for (const passage of route) {
      const arc = 2 * passage.segment + (passage.isForward ? 0 : 1);
      this.arcs[arc].isRoute = true;
      const part = { from: passage.fromMetres, to: passage.toMetres, before };
      if (!this.routeParts.has(arc)) this.routeParts.set(arc, part);
      before += passage.toMetres - passage.fromMetres;
      this.line.push(...this.#shape(arc, passage.fromMetres, passage.toMetres));
    }
    this.routeLength = before;
    if (!this.hasRoute) return;
    for (let arc = 0; arc < this.arcs.length; arc += 2) {
      const cells = [];
      for (let from = 0; from <= this.arcs[arc].length; from += cellMetres) {
        const middle = Math.min(from + cellMetres / 2, this.arcs[arc].length);
        cells.push(Math.fround(this.distance(this.place(arc, middle), this.line)));
      }
      this.routeDistances.push(cells);
    }
  }

  #shape(arc, from, to) {
    const number = arc >> 1;
    const length = this.arcs[arc].length;
    let all = this.points[number].map((point, at) => [this.lengths[number][at], point]);
    if (arc & 1) all = all.map(([metres, point]) => [length - metres, point]).reverse();
    const [first, last] = [this.place(arc, from), this.place(arc, to)];
    return [[first.east, first.north],
      ...all.filter(([metres]) => metres > from && metres < to).map(([, point]) => point),
      [last.east, last.north]];
  }

  // Metres from a place to a line.
  distance(place, line) {
    let least = Infinity;
    for (let at = 1; at < line.length; at++) {
      const [a, b] = [line[at - 1], line[at]];
      const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
      const squared = dx * dx + dy * dy;
      const [x, y] = [place.east - a[0], place.north - a[1]];
      const along = squared > 0 ? Math.min(Math.max((x * dx + y * dy) / squared, 0), 1) : 0;
      const [restX, restY] = [x - along * dx, y - along * dy];
      least = Math.min(least, restX * restX + restY * restY);
    }
    return Math.sqrt(least);
  }

  // Metres east and north of the origin.
  metres(latitude, longitude) {
    return {
      east: (longitude - this.longitude) * this.metresPerEast,
      north: (latitude - this.latitude) * metresPerDegree,
    };
  }

  degrees(east, north) {
    return {
      latitude: this.latitude + north / metresPerDegree,
      longitude: this.longitude + east / this.metresPerEast,
    };
  }

  place(arc, offset) {
    const number = arc >> 1;
    const isForward = !(arc & 1);
    const along = isForward ? offset : this.arcs[arc].length - offset;
    const [sums, shape] = [this.lengths[number], this.points[number]];
    let at = 1;
    while (at < sums.length - 1 && sums[at] < along) at++;
    const span = sums[at] - sums[at - 1];
    const fraction = span > 0 ? Math.min(Math.max((along - sums[at - 1]) / span, 0), 1) : 0;
    const [a, b] = [shape[at - 1], shape[at]];
    const [east, north] = [b[0] - a[0], b[1] - a[1]];
    const bearing = Math.atan2(isForward ? east : -east, isForward ? north : -north) * 180 / Math.PI;
    return {
      east: a[0] + fraction * east, north: a[1] + fraction * north,
      bearing: bearing < 0 ? bearing + 360 : bearing,
    };
  }

  // The place so many metres along the route.
  routePlace(metres) {
    for (const [arc, part] of this.routeParts) {
      const length = part.to - part.from;
      if (metres >= part.before && metres <= part.before + length) {
        return this.place(arc, part.from + metres - part.before);
      }
    }
    const end = this.line[this.line.length - 1] ?? [0, 0];
    return { east: end[0], north: end[1], bearing: 0 };
  }

  routeMetres(arc, offset) {
    const part = this.routeParts.get(arc);
    return part ? part.before + Math.min(Math.max(offset, part.from), part.to) - part.from : null;
  }

  isOffRoute(arc, offset) {
    if (!this.hasRoute) return false;
    if (this.arcs[arc ^ 1].isRoute && !this.arcs[arc].isRoute) return true;
    const along = arc & 1 ? this.arcs[arc].length - offset : offset;
    const cells = this.routeDistances[arc >> 1];
    return cells[Math.min(Math.trunc(along / cellMetres), cells.length - 1)] > routeCorridorMetres;
  }
}

const away = (a, b) => Math.sqrt((a.east - b.east) ** 2 + (a.north - b.north) ** 2);

const turn = (from, to) => {
  const angle = (to - from) % 360;
  return angle > 180 ? angle - 360 : angle < -180 ? angle + 360 : angle;
};

export class PositionFilter {
  constructor(network) {
    this.map = new LocalMap(network);
    this.hypotheses = [];
    this.lastSeconds = null;
    this.misfitCount = 0;
    this.alarmCount = 0;
  }

  // Takes a fix { latitude, longitude, seconds, accuracyMetres, metresPerSecond, headingDegrees }.
  update(fix) {
    const place = this.map.metres(fix.latitude, fix.longitude);
    const seconds = fix.seconds ?? (this.lastSeconds ?? 0) + 1;
    const gap = seconds - (this.lastSeconds ?? seconds);
    const noise = this.#noiseVariance(fix);
    if (!this.hypotheses.length || gap < 0 || gap > maximumGapSeconds) {
      this.#seed(place, noise);
    } else {
      this.#move(gap, fix.metresPerSecond ?? null);
      this.#weigh(place, noise, fix);
    }
    this.lastSeconds = seconds;
    this.#prune();
    return this.#estimate(place, noise);
  }

  // The accuracy of a receiver, a radius of 95 %, covers its common error too; what is left is noise.
  #noiseVariance(fix) {
    if (!(fix.accuracyMetres > 0)) return settings.noiseMetres ** 2;
    const deviation = fix.accuracyMetres / 2.45;
    return Math.max(deviation * deviation - settings.biasMetres * settings.biasMetres, 9);
  }

  #seed(place, noise) {
    const bias = settings.biasMetres * settings.biasMetres;
    const variance = noise + bias;
    const reach = Math.min(3.5 * Math.sqrt(variance), maximumSeedMetres);
    this.hypotheses = [];
    this.map.arcs.forEach((arc, number) => {
      if (!arc.isWalkable) return;
      for (let offset = cellMetres / 2; offset < arc.length || offset === cellMetres / 2; offset += cellMetres) {
        const at = this.map.place(number, Math.min(offset, arc.length));
        const [east, north] = [place.east - at.east, place.north - at.north];
        const squared = east * east + north * north;
        if (squared > reach * reach) continue;
        this.hypotheses.push({
          arc: number, offset: Math.min(offset, arc.length),
          offsetVariance: cellMetres * cellMetres / 12,
          weight: Math.exp(-squared / (2 * variance)),
          biasEast: east * bias / variance, biasNorth: north * bias / variance,
          biasVariance: bias * noise / variance,
        });
      }
    });
    this.misfitCount = 0;
    this.alarmCount = 0;
  }

  #move(seconds, measured) {
    const speed = measured ?? settings.usualSpeed;
    const deviation = measured === null ? settings.usualSpeedNoise : settings.speedNoise;
    const isStanding = measured !== null && measured < standingSpeed;
    const fog = isStanding ? 0 : deviation * deviation * seconds;
    const kept = Math.exp(-seconds / settings.biasSeconds);
    const fresh = (1 - kept * kept) * settings.biasMetres * settings.biasMetres;
    const turns = Math.min(turnRoundShare * seconds, 0.5);
    const moved = [];
    for (const old of this.hypotheses) {
      const hypothesis = {
        ...old, biasEast: old.biasEast * kept, biasNorth: old.biasNorth * kept,
        biasVariance: old.biasVariance * kept * kept + fresh,
      };
      const reverse = this.map.arcs[hypothesis.arc ^ 1];
      if (reverse.isWalkable) {
        moved.push({
          ...hypothesis, arc: hypothesis.arc ^ 1, offset: reverse.length - hypothesis.offset,
          weight: hypothesis.weight * turns,
        });
        hypothesis.weight *= 1 - turns;
      }
      const spread = Math.sqrt(3 * (fog + hypothesis.offsetVariance));
      hypothesis.offsetVariance = 0;
      const metres = isStanding ? 0 : speed * seconds;
      for (const [distance, share] of [[metres - spread, 1 / 6], [metres, 2 / 3], [metres + spread, 1 / 6]]) {
        this.#advance({ ...hypothesis, weight: hypothesis.weight * share }, distance, 0, moved);
      }
    }
    this.hypotheses = this.#merged(moved);
  }

  // Walks on, and at a node into every way that leads on.
  #advance(hypothesis, metres, hops, moved) {
    if (!(hypothesis.weight > 1e-9)) return;
    const arc = this.map.arcs[hypothesis.arc];
    const left = arc.length - hypothesis.offset;
    if (metres <= left || hops === maximumHopCount) {
      moved.push({ ...hypothesis, offset: Math.max(hypothesis.offset + Math.min(metres, left), 0) });
      return;
    }
    const back = this.map.arcs[hypothesis.arc ^ 1].isWalkable;
    const turnShare = !back ? 0 : arc.next.length ? turnRoundShare : 1;
    const routeCount = arc.next.filter((next) => this.map.arcs[next].isRoute).length;
    const otherCount = arc.next.length - routeCount;
    for (const next of arc.next) {
      let share = 1 / arc.next.length;
      if (routeCount && otherCount) {
        share = this.map.arcs[next].isRoute ? routeShare / routeCount : (1 - routeShare) / otherCount;
      }
      const weight = hypothesis.weight * (1 - turnShare) * share;
      this.#advance({ ...hypothesis, arc: next, offset: 0, weight }, metres - left, hops + 1, moved);
    }
    if (turnShare > 0) {
      const weight = hypothesis.weight * turnShare;
      this.#advance(
        { ...hypothesis, arc: hypothesis.arc ^ 1, offset: 0, weight }, metres - left, hops + 1, moved);
    }
  }

  // One hypothesis for each cell, with the mean and the spread of those that came together.
  #merged(moved) {
    const keyed = moved.map((hypothesis, at) => [
      hypothesis.arc * 2 ** 20 + Math.min(Math.trunc(hypothesis.offset / cellMetres), 2 ** 20 - 1), at]);
    keyed.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const result = [];
    let lastKey = -1;
    for (const [key, at] of keyed) {
      const other = moved[at];
      if (key !== lastKey) {
        result.push(other);
        lastKey = key;
        continue;
      }
      const last = result[result.length - 1];
      const weight = last.weight + other.weight;
      const [mine, theirs] = [last.weight / weight, other.weight / weight];
      const [east, north] = [last.biasEast - other.biasEast, last.biasNorth - other.biasNorth];
      const along = last.offset - other.offset;
      result[result.length - 1] = {
        arc: last.arc, weight,
        offset: last.offset * mine + other.offset * theirs,
        offsetVariance: last.offsetVariance * mine + other.offsetVariance * theirs
          + mine * theirs * along * along,
        biasEast: last.biasEast * mine + other.biasEast * theirs,
        biasNorth: last.biasNorth * mine + other.biasNorth * theirs,
        biasVariance: last.biasVariance * mine + other.biasVariance * theirs
          + mine * theirs * (east * east + north * north) / 2,
      };
    }
    return result;
  }

  #weigh(place, noise, fix) {
    let least = Infinity;
    const isMoving = (fix.metresPerSecond ?? settings.usualSpeed) > 0.4;
    const heading = fix.headingDegrees ?? null;
    for (const hypothesis of this.hypotheses) {
      const here = this.map.place(hypothesis.arc, hypothesis.offset);
      const east = place.east - here.east - hypothesis.biasEast;
      const north = place.north - here.north - hypothesis.biasNorth;
      const variance = hypothesis.biasVariance + noise;
      const innovation = (east * east + north * north) / variance;
      least = Math.min(least, innovation);
      let logarithm = -Math.min(innovation / 2, 12);
      if (isMoving && heading !== null) {
        const deviations = turn(here.bearing, heading) / settings.headingNoise;
        logarithm -= Math.min(deviations * deviations / 2, 4);
      }
      hypothesis.weight *= Math.exp(logarithm) / variance;
      const gain = hypothesis.biasVariance / variance;
      hypothesis.biasEast += gain * east;
      hypothesis.biasNorth += gain * north;
      hypothesis.biasVariance *= 1 - gain;
    }
    this.misfitCount = least > lostInnovation ? this.misfitCount + 1 : 0;
    if (this.misfitCount >= lostFixCount) this.#seed(place, noise);
  }

  #prune() {
    const total = sumOf(this.hypotheses.map((hypothesis) => hypothesis.weight));
    if (!(total > 0)) {
      this.hypotheses = [];
      return;
    }
    for (const hypothesis of this.hypotheses) hypothesis.weight /= total;
    this.hypotheses = this.hypotheses.filter((hypothesis) => hypothesis.weight >= 1e-6);
    if (this.hypotheses.length <= maximumHypothesisCount) return;
    const order = this.#byWeight().slice(0, maximumHypothesisCount);
    this.hypotheses = order.sort((a, b) => a - b).map((at) => this.hypotheses[at]);
  }

  #byWeight() {
    const weight = (at) => this.hypotheses[at].weight;
    return this.hypotheses.map((_, at) => at).sort((a, b) => weight(b) - weight(a) || a - b);
  }

  #estimate(place, noise) {
    if (!this.hypotheses.length) return this.#unmatched(place, noise);
    const mode = this.#mode();
    const best = this.hypotheses[mode.best];
    const off = sumOf(this.hypotheses
      .filter((hypothesis) => this.map.isOffRoute(hypothesis.arc, hypothesis.offset))
      .map((hypothesis) => hypothesis.weight));
    this.alarmCount = off >= alarmCertainty ? 2 : off >= alarmProbability ? this.alarmCount + 1 : 0;
    return {
      eastMetres: mode.east, northMetres: mode.north, radiusMetres: mode.radius,
      segment: best.arc >> 1, isForward: !(best.arc & 1),
      headingDegrees: this.map.place(best.arc, best.offset).bearing,
      lineProbability: mode.lineProbability, offRouteProbability: off,
      routeMetres: this.map.routeMetres(best.arc, best.offset), isOffRoute: this.alarmCount >= 2,
    };
  }

  #unmatched(place, noise) {
    this.alarmCount += 1;
    return {
      eastMetres: place.east, northMetres: place.north,
      radiusMetres: 2.45 * Math.sqrt(noise + settings.biasMetres * settings.biasMetres),
      segment: null, isForward: true, headingDegrees: null, lineProbability: 0,
      offRouteProbability: this.map.hasRoute ? 1 : 0, routeMetres: null,
      isOffRoute: this.map.hasRoute && this.alarmCount >= 2,
    };
  }

  // The place around which most of the probability lies; the mean would lie in the middle of the street.
  #mode() {
    const places = this.hypotheses.map((hypothesis) => this.map.place(hypothesis.arc, hypothesis.offset));
    let mean = null;
    let heaviest = -1;
    for (const centre of this.#byWeight().slice(0, maximumCentreCount)) {
      let [mass, east, north] = [0, 0, 0];
      places.forEach((place, at) => {
        if (away(place, places[centre]) > nearMetres) return;
        mass += this.hypotheses[at].weight;
        east += this.hypotheses[at].weight * place.east;
        north += this.hypotheses[at].weight * place.north;
      });
      if (mass > heaviest) {
        heaviest = mass;
        mean = { east: east / mass, north: north / mass };
      }
    }
    let [best, least] = [0, Infinity];
    places.forEach((place, at) => {
      const price = away(place, mean) - 2 * Math.log(Math.max(this.hypotheses[at].weight, 1e-6));
      if (price < least) [best, least] = [at, price];
    });
    return { best, ...this.#spread(places, best) };
  }

  #spread(places, best) {
    const { east, north, bearing } = places[best];
    const distances = places.map((place) => away(place, { east, north }));
    const order = places.map((_, at) => at).sort((a, b) => distances[a] - distances[b] || a - b);
    let [sum, radius] = [0, 0];
    for (const at of order) {
      sum += this.hypotheses[at].weight;
      radius = distances[at];
      if (sum >= 0.95) break;
    }
    const angle = bearing * Math.PI / 180;
    const [alongEast, alongNorth] = [Math.sin(angle), Math.cos(angle)];
    let lineProbability = 0;
    places.forEach((place, at) => {
      const [x, y] = [place.east - east, place.north - north];
      if (Math.abs(x * alongNorth - y * alongEast) <= lineMetres) {
        lineProbability += this.hypotheses[at].weight;
      }
    });
    return { east, north, radius: Math.max(radius * caution, cellMetres), lineProbability };
  }
}
