// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The functions that Step Functions adds to JSONata, or has in another form. */
final class StepFunctionsFunctions {
  private static final Set<String> ALGORITHMS =
      Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

  /** Refuses a key that an object has twice, as AWS does. */
  private static final JsonMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StepFunctionsFunctions() {}

  static void define(Library.Definition library) {
    library.add("partition", 2, "<an:a>", (calls, args) -> partition(args));
    library.add("range", 3, "<n?n?n?:a>", (calls, args) -> range(calls, args));
    library.add("hash", 2, "<ss:s>", (calls, args) -> hash(args));
    library.add("random", 0, "<n?:n>", (calls, args) -> random(calls, args));
    library.add("uuid", 0, "<:s>", (calls, args) -> uuid(calls.environment().random()).toString());
    library.add("parse", 1, "<s:x>", (calls, args) -> parse(args));
  }

  private static double whole(double value) {
    return value < 0 ? Math.ceil(value) : Math.floor(value);
  }

  private static @Nullable Sequence partition(List<@Nullable Object> args) {
    Sequence array = Library.array(args, 0);
    Double given = Library.number(args, 1);
    if (array == null || given == null) {
      return null;
    }
    double size = whole(given);
    if (size < 1) {
      throw JsonataException.argument(2, "partition");
    }
    Sequence chunks = Sequence.array();
    int step = (int) Math.min(size, Math.max(1, array.size()));
    for (int from = 0; from < array.size(); from += step) {
      chunks.add(Sequence.arrayOf(array.subList(from, Math.min(from + step, array.size()))));
    }
    return chunks;
  }

  /** A sequence, as recorded: one element comes alone, none is undefined. */
  private static @Nullable Sequence range(JsonataCalls calls, List<@Nullable Object> args) {
    Double given = Library.number(args, 0);
    Double end = Library.number(args, 1);
    Double by = Library.number(args, 2);
    if (given == null || end == null || by == null) {
      return null;
    }
    double first = whole(given);
    double last = whole(end);
    double step = whole(by);
    if (step == 0) {
      return null;
    }
    calls.budget().elements(Math.max(0, (last - first) / step));
    Sequence range = Sequence.create();
    for (double at = first; step > 0 ? at <= last : at >= last; at += step) {
      range.add(at);
    }
    return range;
  }

  private static @Nullable String hash(List<@Nullable Object> args) {
    String text = Library.text(args, 0);
    String algorithm = Library.text(args, 1);
    if (text == null || algorithm == null) {
      return null;
    }
    if (!ALGORITHMS.contains(algorithm)) {
      throw JsonataException.argument(2, "hash");
    }
    try {
      byte[] digest =
          MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A seed gives the numbers of java.util.Random (recorded). */
  private static double random(JsonataCalls calls, List<@Nullable Object> args) {
    Double seed = Library.number(args, 0);
    return seed == null
        ? calls.environment().random().nextDouble()
        : new Random(seed.longValue()).nextDouble();
  }

  /** A version 4 UUID. */
  static UUID uuid(RandomGenerator random) {
    long high = (random.nextLong() & 0xFFFFFFFFFFFF0FFFL) | 0x4000L;
    long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low);
  }

  private static @Nullable Object parse(List<@Nullable Object> args) {
    String text = Library.text(args, 0);
    if (text == null) {
      return null;
    }
    try {
      JsonNode json = STRICT.readTree(text);
      if (json == null || json.isMissingNode() || infinite(json)) {
        throw invalid();
      }
      return Conversion.fromJson(json);
    } catch (JsonProcessingException e) {
      throw invalid();
    }
  }

  private static boolean infinite(JsonNode json) {
    if (json.isNumber()) {
      return Double.isInfinite(json.doubleValue());
    }
    for (JsonNode inner : json) {
      if (infinite(inner)) {
        return true;
      }
    }
    return false;
  }

  private static JsonataException invalid() {
    return JsonataException.of("D3137").with("message", "Invalid JSON");
  }
}
