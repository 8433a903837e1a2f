/* Unpacks search data: base64, inflated by the browser, cut into sections, numbers as varints. See generator/reftel/search/packing.py. */
(function (reftel) {
  "use strict";

  var decoder = new TextDecoder();

  /* Promise of the bytes of a payload. */
  function unpack(base64) {
    var binary = atob(base64), bytes = new Uint8Array(binary.length);
    for (var i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
    var stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new Response(stream).arrayBuffer().then(function (buffer) { return new Uint8Array(buffer); });
  }

  function varints(bytes) {
    var count = 0, i;
    for (i = 0; i < bytes.length; i++) if (bytes[i] < 128) count++;
    var numbers = new Int32Array(count), number = 0, shift = 0, at = 0;
    for (i = 0; i < bytes.length; i++) {
      number |= (bytes[i] & 127) << shift;
      if (bytes[i] < 128) {
        numbers[at++] = number;
        number = shift = 0;
      } else shift += 7;
    }
    return numbers;
  }

  function sections(bytes) {
    var sizes = [], number = 0, shift = 0, at = 0, parts = [];
    while (!sizes.length || sizes.length <= sizes[0]) {
      var byte = bytes[at++];
      number |= (byte & 127) << shift;
      shift += 7;
      if (byte < 128) {
        sizes.push(number);
        number = shift = 0;
      }
    }
    for (var i = 1; i < sizes.length; i++) {
      parts.push(bytes.subarray(at, at + sizes[i]));
      at += sizes[i];
    }
    return parts;
  }

  function frontCoded(bytes) {
    var words = [], before = new Uint8Array(256), at = 0;
    while (at < bytes.length) {
      var shared = bytes[at], size = bytes[at + 1];
      before.set(bytes.subarray(at + 2, at + 2 + size), shared);
      words.push(decoder.decode(before.subarray(0, shared + size)));
      at += 2 + size;
    }
    return words;
  }

  function text(bytes) {
    return decoder.decode(bytes);
  }

  /* Where each run of sizes begins, and the end: [2, 3] is 0 2 5. */
  function starts(sizes) {
    var found = new Int32Array(sizes.length + 1);
    for (var i = 0; i < sizes.length; i++) found[i + 1] = found[i] + sizes[i];
    return found;
  }

  reftel.packing = { unpack: unpack, varints: varints, sections: sections, frontCoded: frontCoded, text: text, starts: starts };
})(self.reftel = self.reftel || {});
