// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ItemCodecTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void anItemIsReadBackEqualAndWrittenToTheSameBytes() {
    var random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      Item item = RandomValues.item(random, 4);
      byte[] bytes = ItemCodec.encode(item);
      Item back = ItemCodec.decode(bytes);
      assertThat(back).isEqualTo(item).hasSameHashCodeAs(item);
      assertThat(ItemCodec.encode(back)).isEqualTo(bytes);
      assertThat(ItemCodec.encode(shuffled(item, random))).isEqualTo(bytes);
      assertThat(Sizes.of(back)).isEqualTo(Sizes.of(item));
    }
  }

  @Test
  void itemsThatAreEqualByDynamoDbsRulesHaveEqualBytes() throws Exception {
    assertThat(encode("{'a':{'N':'1000'},'b':{'SS':['x','y']},'c':{'NS':['1','2.50']}}"))
        .isEqualTo(encode("{'c':{'NS':['2.5','1e0']},'b':{'SS':['y','x']},'a':{'N':'1e3'}}"));
    assertThat(encode("{'a':{'L':[{'N':'1'},{'N':'2'}]}}"))
        .isNotEqualTo(encode("{'a':{'L':[{'N':'2'},{'N':'1'}]}}"));
    assertThat(encode("{'a':{'B':''}}")).isNotEqualTo(encode("{'a':{'S':''}}"));
  }

  @Test
  void smallItemsTakeFewBytes() throws Exception {
    assertThat(encode("{}")).hasSize(1);
    // Count, name, tag, scale and digits.
    assertThat(encode("{'a':{'N':'1000000'}}")).hasSize(1 + 2 + 1 + 1 + 1);
    assertThat(encode("{'a':{'S':'hello'}}")).hasSize(1 + 2 + 1 + 6);
  }

  @Test
  void anyOtherBytesAreRefusedWithTheirPlaceOrGiveAnItem() {
    var random = new SplittableRandom(2);
    int refused = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = ItemCodec.encode(RandomValues.item(random, 3));
      switch (random.nextInt(3)) {
        case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
        case 1 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        default -> {
          bytes = new byte[random.nextInt(1, 60)];
          random.nextBytes(bytes);
        }
      }
      try {
        Item item = ItemCodec.decode(bytes);
        assertThat(ItemCodec.decode(ItemCodec.encode(item))).isEqualTo(item);
        assertThat(ValueWriter.writeItem(item).toString()).isNotEmpty();
      } catch (IllegalArgumentException damaged) {
        refused++;
        assertThat(damaged).hasMessageStartingWith("stored item is damaged at byte ");
      }
    }
    assertThat(refused).isGreaterThan(20_000);
  }

  @Test
  void endlessLevelsAndCountsAreRefused() {
    byte[] levels = new byte[100_000];
    Arrays.fill(levels, (byte) 1);
    for (int i = 3; i < levels.length; i += 2) {
      levels[i] = ItemCodec.TAG_L;
    }
    assertThatThrownBy(() -> ItemCodec.decode(levels)).hasMessageContaining("damaged");
    byte[] count = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 7};
    assertThatThrownBy(() -> ItemCodec.decode(count))
        .hasMessage("stored item is damaged at byte 5: a length beyond the end");
    assertThatThrownBy(() -> ItemCodec.decode(new byte[0]))
        .hasMessage("stored item is damaged at byte 0: the end came too early");
    assertThatThrownBy(() -> ItemCodec.decode(new byte[] {0, 0}))
        .hasMessage("stored item is damaged at byte 1: bytes after the item");
  }

  private static Item shuffled(Item item, SplittableRandom random) {
    var names = new ArrayList<>(item.attributes().keySet());
    for (int i = names.size(); i > 1; i--) {
      Collections.swap(names, i - 1, random.nextInt(i));
    }
    var attributes = new LinkedHashMap<String, AttributeValue>();
    names.forEach(name -> attributes.put(name, item.attributes().get(name)));
    return new Item(attributes);
  }

  private static byte[] encode(String json) throws Exception {
    return ItemCodec.encode(ValueReader.readItem(JSON.readTree(json.replace('\'', '"'))));
  }
}
