// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.handlers;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyObject;

/** The host functions of {@code util}: ids, time, codings. Thread-safe. */
record HostFunctions(SimClock clock, Ids ids) {
  /** The functions by name. */
  ProxyObject functions() {
    return ProxyObject.fromMap(
        Map.ofEntries(
            function("autoId", in -> ids.uuid().toString()),
            function("autoUlid", in -> UtilIds.ulid(clock.now(), ids)),
            function("autoKsuid", in -> UtilIds.ksuid(clock.now(), ids)),
            function("randomDouble", in -> ids.nextDouble()),
            function("urlEncode", in -> URLEncoder.encode(text(in, 0), StandardCharsets.UTF_8)),
            function("urlDecode", in -> URLDecoder.decode(text(in, 0), StandardCharsets.UTF_8)),
            function(
                "base64Encode",
                in ->
                    Base64.getEncoder()
                        .encodeToString(text(in, 0).getBytes(StandardCharsets.UTF_8))),
            function(
                "base64Decode",
                in -> new String(Base64.getDecoder().decode(text(in, 0)), StandardCharsets.UTF_8)),
            function("xml", in -> XmlJson.of(text(in, 0), in[1].asBoolean())),
            function("nowIso", in -> UtilTime.iso(clock.now())),
            function("nowMillis", in -> (double) clock.now().toEpochMilli()),
            function("iso", in -> UtilTime.iso(instant(in))),
            function("parseIso", in -> (double) UtilTime.parseIso(text(in, 0))),
            function("format", in -> UtilTime.formatted(instant(in), text(in, 1), text(in, 2))),
            function(
                "parse", in -> (double) UtilTime.parse(text(in, 0), text(in, 1), text(in, 2)))));
  }

  private static Map.Entry<String, Object> function(
      String name, Function<Value[], Object> function) {
    return Map.entry(name, (ProxyExecutable) function::apply);
  }

  private static String text(Value[] in, int index) {
    return in[index].asString();
  }

  private static Instant instant(Value[] in) {
    return Instant.ofEpochMilli((long) in[0].asDouble());
  }
}
