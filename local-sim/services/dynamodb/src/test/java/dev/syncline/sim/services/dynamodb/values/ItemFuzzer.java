// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Bytes that a client may send as an item are refused with one of the two faults, or give an item
 * that survives storing, writing and reading. {@link #main} searches; {@link ItemFuzzTest} replays
 * what is kept in {@code ItemFuzzerInputs} and a fixed number of changed inputs.
 */
public final class ItemFuzzer {
  private static final int MAX_SEEDS = 5_000;
  private static final int MAX_SEED_BYTES = 4_000;

  /** What is put into inputs: tokens of JSON, and values at limits. */
  private static final List<String> TOKENS =
      """
      {
      }
      [
      ]
      ,
      :
      "
      null
      true
      false
      0
      -1
      1.5e3
      {}
      []
      ""
      "S":
      "N":
      "B":
      "BOOL":
      "NULL":
      "L":[
      "M":{
      "SS":[
      "NS":[
      "BS":[
      "AQ=="
      "A==="
      "1"
      "-0"
      "1e125"
      "1e126"
      "1e-130"
      "1e-131"
      "1e9999999999999999999"
      "99999999999999999999999999999999999999"
      "0.1000000000000000000000000000000000001"
      "\\ud800"
      "\\u0000"
      "\u00e9\u20ac"
      {"L":[
      {"M":{"a":
      """
          .lines()
          .toList();

  /** What became of an input. */
  enum Outcome {
    NOT_JSON,
    REFUSED,
    ITEM
  }

  private ItemFuzzer() {}

  /**
   * Searches; says what was tried, and writes an input that fails beside the working directory.
   *
   * @param arguments seconds, and the seed
   */
  public static void main(String[] arguments) throws Exception {
    long seconds = Long.parseLong(arguments[0]);
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
    var random = new SplittableRandom(seed);
    List<byte[]> seeds = inputs();
    // So that the slowest one is not the first, which loads the classes.
    seeds.forEach(ItemFuzzer::check);
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    long tried = 0;
    var outcomes = new EnumMap<Outcome, Integer>(Outcome.class);
    long slowest = 0;
    while (System.nanoTime() < end) {
      byte[] input = change(seeds, random);
      long begin = System.nanoTime();
      Outcome outcome;
      try {
        outcome = check(input);
      } catch (Throwable failure) {
        Path file = Path.of("finding-" + seed + "-" + tried);
        Files.write(file, input);
        throw new IllegalStateException("input kept in " + file, failure);
      }
      slowest = Math.max(slowest, System.nanoTime() - begin);
      tried++;
      outcomes.merge(outcome, 1, Integer::sum);
      // Mostly items, from which others are a few changes away.
      boolean kept = outcome == Outcome.ITEM || (outcome == Outcome.REFUSED && tried % 16 == 0);
      if (kept && input.length < MAX_SEED_BYTES && seeds.size() < MAX_SEEDS) {
        seeds.add(input);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%d inputs: %d not JSON, %d refused, %d items; the slowest took %d ms%n",
        tried,
        outcomes.getOrDefault(Outcome.NOT_JSON, 0),
        outcomes.getOrDefault(Outcome.REFUSED, 0),
        outcomes.getOrDefault(Outcome.ITEM, 0),
        slowest / 1_000_000);
  }

  /** The kept inputs, by the names in their index. */
  public static List<byte[]> inputs() throws IOException {
    var inputs = new ArrayList<byte[]>();
    for (String name :
        new String(resource("index"), StandardCharsets.US_ASCII).strip().split("\n")) {
      inputs.add(resource(name));
    }
    return inputs;
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = ItemFuzzer.class.getResourceAsStream("ItemFuzzerInputs/" + name)) {
      assertThat(in).as(name).isNotNull();
      return in.readAllBytes();
    }
  }

  /** Checks one input. */
  static Outcome check(byte[] input) {
    JsonNode json;
    try {
      json = Json.MAPPER.readTree(input);
    } catch (IOException notJson) {
      // The protocol refuses it before.
      return Outcome.NOT_JSON;
    }
    Item item;
    try {
      item = ValueReader.readItem(json);
    } catch (ValidationFault fault) {
      assertThat(fault.text()).isNotEmpty();
      ValueReader.requireTypes(json);
      return Outcome.REFUSED;
    } catch (SerializationFault fault) {
      assertThat(fault.text()).isNotEmpty();
      return Outcome.REFUSED;
    }
    ValueReader.requireTypes(json);
    byte[] stored = ItemCodec.encode(item);
    Item back = ItemCodec.decode(stored);
    assertThat(back.equals(item)).isTrue();
    assertThat(back.hashCode()).isEqualTo(item.hashCode());
    assertThat(Arrays.equals(ItemCodec.encode(back), stored)).isTrue();
    assertThat(Sizes.of(back)).isEqualTo(Sizes.of(item)).isNotNegative();
    assertThat(ValueReader.readItem(ValueWriter.writeItem(item)).equals(item)).isTrue();
    for (AttributeValue value : item.attributes().values()) {
      if (value.type().isOrdered()) {
        OrderedBytes.write(new ByteArrayOutputStream(), value);
        assertThat(ScalarOrder.compare(value, value)).isZero();
      }
    }
    return Outcome.ITEM;
  }

  /** One of the seeds with a few changes. */
  public static byte[] change(List<byte[]> seeds, SplittableRandom random) {
    byte[] input = seeds.get(random.nextInt(seeds.size()));
    int changes = random.nextInt(1, 5);
    for (int i = 0; i < changes; i++) {
      input = changeOnce(input, seeds, random);
    }
    return input;
  }

  private static byte[] changeOnce(byte[] input, List<byte[]> seeds, SplittableRandom random) {
    int from = random.nextInt(input.length + 1);
    int to = Math.min(input.length, from + random.nextInt(12));
    return switch (random.nextInt(8)) {
      // Drops a piece, puts a token into its place, doubles it, or repeats a token often.
      case 0 -> join(Arrays.copyOf(input, from), new byte[0], tail(input, to));
      case 1, 2, 3 -> join(Arrays.copyOf(input, from), token(random), tail(input, from));
      case 4 -> join(Arrays.copyOf(input, from), token(random), tail(input, to));
      case 5 ->
          join(Arrays.copyOf(input, to), Arrays.copyOfRange(input, from, to), tail(input, to));
      case 6 -> {
        byte[] token = token(random);
        byte[] often = new byte[0];
        if (random.nextInt(20) == 0) {
          int times = random.nextInt(1, 400);
          var all = new ByteArrayOutputStream();
          for (int i = 0; i < times; i++) {
            all.writeBytes(token);
          }
          often = all.toByteArray();
        }
        yield join(Arrays.copyOf(input, from), often, tail(input, from));
      }
      default -> {
        byte[] other = seeds.get(random.nextInt(seeds.size()));
        int start = random.nextInt(other.length + 1);
        int end = Math.min(other.length, start + random.nextInt(40));
        yield join(
            Arrays.copyOf(input, from), Arrays.copyOfRange(other, start, end), tail(input, to));
      }
    };
  }

  private static byte[] token(SplittableRandom random) {
    return TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] tail(byte[] input, int from) {
    return Arrays.copyOfRange(input, from, input.length);
  }

  private static byte[] join(byte[] begin, byte[] middle, byte[] end) {
    byte[] all = Arrays.copyOf(begin, begin.length + middle.length + end.length);
    System.arraycopy(middle, 0, all, begin.length, middle.length);
    System.arraycopy(end, 0, all, begin.length + middle.length, end.length);
    return all;
  }
}
