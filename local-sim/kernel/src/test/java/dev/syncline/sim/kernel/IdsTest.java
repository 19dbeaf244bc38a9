// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IdsTest {
  private static final int TRIALS = 300;

  @Test
  void theSameSeedRepeatsTheSameIds() {
    assertThat(take(new Ids(7), 20)).isEqualTo(take(new Ids(7), 20));
    assertThat(take(new Ids(7), 20)).isNotEqualTo(take(new Ids(8), 20));
  }

  /** For random seeds, names, orders of creation, and interleaved use: a stream stays the same. */
  @Test
  void otherStreamsDoNotChangeAStream() {
    var random = new Random(1);
    for (int trial = 0; trial < TRIALS; trial++) {
      long seed = random.nextLong();
      List<String> names = names(random, 2 + random.nextInt(6));
      Map<String, List<String>> alone = new LinkedHashMap<>();
      names.forEach(name -> alone.put(name, take(new Ids(seed).split(name), 10)));

      var root = new Ids(seed);
      List<String> subset = new ArrayList<>(names);
      Collections.shuffle(subset, random);
      subset = subset.subList(0, 1 + random.nextInt(subset.size()));
      Map<String, Ids> streams = new LinkedHashMap<>();
      for (String name : subset) {
        take(root, random.nextInt(3));
        streams.put(name, root.split(name));
      }
      Map<String, List<String>> together = new LinkedHashMap<>();
      for (int round = 0; round < 10; round++) {
        streams.forEach(
            (name, ids) ->
                together.computeIfAbsent(name, key -> new ArrayList<>()).addAll(take(ids, 1)));
      }

      together.forEach((name, taken) -> assertThat(taken).as(name).isEqualTo(alone.get(name)));
    }
  }

  @Test
  void aSplitTakesNothingFromItsParent() {
    var split = new Ids(3);
    split.split("sqs").uuid();

    assertThat(take(split, 10)).isEqualTo(take(new Ids(3), 10));
  }

  @Test
  void everySeedAndNameHasItsOwnStream() {
    var random = new Random(2);
    var seen = new HashSet<String>();
    int streams = 0;
    for (long seed : new long[] {0, 1, -1, 42, Long.MIN_VALUE, Long.MAX_VALUE}) {
      var root = new Ids(seed);
      seen.add(root.hex(32));
      streams++;
      for (String name : names(random, 200)) {
        seen.add(root.split(name).hex(32));
        streams++;
      }
    }
    seen.add(new Ids(0).split("a").split("b").hex(32));
    seen.add(new Ids(0).split("ab").hex(32));
    seen.add(new Ids(0).split("ba").hex(32));

    assertThat(seen).hasSize(streams + 3);
  }

  @Test
  void aSplitStreamCanBeSplitAgain() {
    assertThat(take(new Ids(5).split("appsync").split("events"), 5))
        .isEqualTo(take(new Ids(5).split("appsync").split("events"), 5))
        .isNotEqualTo(take(new Ids(5).split("events"), 5));
  }

  @Test
  void aBlankNameIsRefused() {
    assertThatThrownBy(() -> new Ids(1).split(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name is blank");
  }

  private static List<String> take(Ids ids, int count) {
    var taken = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      taken.add(ids.uuid() + ids.lowerAlphanumeric(10));
    }
    return taken;
  }

  /** Distinct names of three to twelve letters. */
  private static List<String> names(Random random, int count) {
    var names = new HashSet<String>();
    while (names.size() < count) {
      var name = new StringBuilder();
      int length = 3 + random.nextInt(10);
      for (int i = 0; i < length; i++) {
        name.append((char) ('a' + random.nextInt(26)));
      }
      names.add(name.toString());
    }
    return List.copyOf(names);
  }
}
