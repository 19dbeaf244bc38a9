// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.handlers;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalQueries;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyObject;

/** The host functions of {@code util}: ids, time, codings. Thread-safe. */
record HostFunctions(SimClock clock, Ids ids) {
  private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** The functions by name. */
  ProxyObject functions() {
    return ProxyObject.fromMap(
        Map.ofEntries(
            function("autoId", in -> ids.uuid().toString()),
            function("autoUlid", in -> ulid()),
            function("autoKsuid", in -> Ksuid.of(clock.now().getEpochSecond(), ids)),
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
            function("nowIso", in -> ISO.format(clock.now())),
            function("nowMillis", in -> (double) clock.now().toEpochMilli()),
            function("iso", in -> ISO.format(instant(in))),
            function("parseIso", in -> (double) parseIso(text(in, 0))),
            function(
                "format",
                in ->
                    DateTimeFormatter.ofPattern(text(in, 1), Locale.ROOT)
                        .withZone(ZoneId.of(text(in, 2)))
                        .format(instant(in))),
            function("parse", in -> (double) parse(text(in, 0), text(in, 1), text(in, 2)))));
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

  private static long parseIso(String text) {
    return DateTimeFormatter.ISO_DATE_TIME
        .withZone(ZoneOffset.UTC)
        .parse(text, Instant::from)
        .toEpochMilli();
  }

  private static long parse(String text, String format, String zone) {
    var parsed = DateTimeFormatter.ofPattern(format, Locale.ROOT).parse(text);
    ZoneId own = parsed.query(TemporalQueries.zone());
    ZoneId used = own != null ? own : zone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(zone);
    return LocalDateTime.from(parsed).atZone(used).toInstant().toEpochMilli();
  }

  /** 48 bits of time and 80 random bits, five bits for each character. */
  private String ulid() {
    var text = new StringBuilder(26);
    long millis = clock.now().toEpochMilli();
    for (int shift = 45; shift >= 0; shift -= 5) {
      text.append(CROCKFORD.charAt((int) (millis >>> shift) & 31));
    }
    for (int half = 0; half < 2; half++) {
      long chance = ids.nextLong();
      for (int shift = 35; shift >= 0; shift -= 5) {
        text.append(CROCKFORD.charAt((int) (chance >>> shift) & 31));
      }
    }
    return text.toString();
  }
}
