// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import static dev.syncline.sim.services.dynamodb.data.Samples.global;
import static dev.syncline.sim.services.dynamodb.data.Samples.item;
import static dev.syncline.sim.services.dynamodb.data.Samples.key;
import static dev.syncline.sim.services.dynamodb.data.Samples.local;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.services.dynamodb.values.AttributeType;
import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class KeysTest {
  private static final String NO_MATCH = "The provided key element does not match the schema";
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String EMPTY =
      "One or more parameter values are not valid. The AttributeValue for a key attribute cannot"
          + " contain an empty ";
  private static final String HASH_SIZE =
      INVALID + "Size of hashkey has exceeded the maximum size limit of2048 bytes";
  private static final String RANGE_SIZE =
      INVALID + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes";

  private final Keys keys =
      new Keys(
          key("p:S", "r:B"),
          List.of(global("second", key("g:S", "n:N")), local("first", key("p:S", "l:S"))));

  private static final byte[] BYTES = {1};

  private static void assertFault(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ValidationFault.class,
            fault -> {
              assertThat(fault.text()).isEqualTo(message);
              assertThat(fault.kind()).isEqualTo(ValidationFault.Kind.BARE);
            });
  }

  @Test
  void aPutItemNeedsItsKey() {
    assertFault(
        () -> keys.requireItem(item("r", BYTES)), INVALID + "Missing the key p in the item");
    assertFault(() -> keys.requireItem(item("p", "a")), INVALID + "Missing the key r in the item");
    assertFault(() -> keys.requireBatchItem(item("p", "a")), NO_MATCH);
    assertFault(
        () -> keys.requireItem(item("p", 1, "r", BYTES)),
        INVALID + "Type mismatch for key p expected: S actual: N");
    assertFault(
        () -> keys.requireItem(item("p", new AttributeValue.Null(), "r", BYTES)),
        INVALID + "Type mismatch for key p expected: S actual: NULL");
    assertFault(() -> keys.requireBatchItem(item("p", 1, "r", BYTES)), NO_MATCH);
    assertThatCode(() -> keys.requireItem(item("p", "a", "r", BYTES, "x", 1)))
        .doesNotThrowAnyException();
  }

  @Test
  void aKeyIsNotEmpty() {
    assertFault(() -> keys.requireItem(item("p", "", "r", BYTES)), EMPTY + "string value. Key: p");
    assertFault(
        () -> keys.requireItem(item("p", "a", "r", new byte[0])), EMPTY + "binary value. Key: r");
    assertFault(() -> keys.requireKey(item("p", "", "r", BYTES)), EMPTY + "string value. Key: p");
  }

  @Test
  void anEmptyKeyIsToldFromOtherFaults() {
    Item updated = item("l", "");
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> keys.requireKey(item("p", "", "r", BYTES)),
            () -> keys.requireItem(item("p", "a", "r", new byte[0])),
            () -> keys.requireItem(item("p", "a", "r", BYTES, "g", "")),
            () -> keys.requireUpdatedIndexKeys(null, updated))) {
      assertThatThrownBy(call)
          .isInstanceOfSatisfying(
              ValidationFault.class, fault -> assertThat(Keys.isEmptyKey(fault)).isTrue());
    }
    assertThatThrownBy(() -> keys.requireKey(item("p", 1, "r", BYTES)))
        .isInstanceOfSatisfying(
            ValidationFault.class, fault -> assertThat(Keys.isEmptyKey(fault)).isFalse());
  }

  @Test
  void aKeyHasALargestSize() {
    byte[] large = new byte[1025];

    assertFault(() -> keys.requireItem(item("p", "a".repeat(2049), "r", BYTES)), HASH_SIZE);
    assertFault(() -> keys.requireItem(item("p", "a", "r", large)), RANGE_SIZE);
    assertFault(() -> keys.requireKey(item("p", "ä".repeat(1025), "r", BYTES)), HASH_SIZE);
    assertFault(() -> keys.requireKey(item("p", "a", "r", large)), RANGE_SIZE);
    assertThatCode(() -> keys.requireKey(item("p", "a".repeat(2048), "r", new byte[1024])))
        .doesNotThrowAnyException();
    assertFault(
        () -> keys.requireItem(item("p", "a", "r", BYTES, "g", "a".repeat(2049))), HASH_SIZE);
    assertFault(
        () -> keys.requireItem(item("p", "a", "r", BYTES, "l", "a".repeat(1025))), RANGE_SIZE);
  }

  @Test
  void aLookupHasExactlyTheKey() {
    for (Item key :
        List.of(
            item("p", "a"),
            item("p", "a", "r", BYTES, "x", 1),
            item("p", "a", "x", BYTES),
            item("p", 1, "r", BYTES),
            Item.EMPTY)) {
      assertFault(() -> keys.requireKey(key), NO_MATCH);
    }
  }

  @Test
  void anIndexKeyHasItsTypeAndIsNotEmpty() {
    assertFault(
        () -> keys.requireItem(item("p", "a", "r", BYTES, "g", 1)),
        INVALID + "Type mismatch for Index Key g Expected: S Actual: N IndexName: second");
    assertFault(
        () -> keys.requireItem(item("p", "a", "r", BYTES, "n", new AttributeValue.Null())),
        INVALID + "Type mismatch for Index Key n Expected: N Actual: NULL IndexName: second");
    assertFault(
        () -> keys.requireItem(item("p", "a", "r", BYTES, "g", 1, "l", 1)),
        INVALID + "Type mismatch for Index Key l Expected: S Actual: N IndexName: first");
    String empty =
        "One or more parameter values are not valid. A value specified for a secondary index key"
            + " is not supported. The AttributeValue for a key attribute cannot contain an empty"
            + " string value. IndexName: second, IndexKey: g";
    assertFault(() -> keys.requireItem(item("p", "a", "r", BYTES, "g", "")), empty);
  }

  @Test
  void anUpdateLeavesTheKey() {
    assertFault(
        () -> keys.requireKeyUntouched(Set.of("x", "r")),
        INVALID + "Cannot update attribute r. This attribute is part of the key");
    assertFault(
        () -> keys.requireScalarPaths(Set.of("p")),
        "Key attributes must be scalars; list random access '[]' and map lookup '.' are not"
            + " allowed: Key: p");
    assertFault(
        () -> keys.requireScalarPaths(Set.of("g")),
        "Key attributes must be scalars; list random access '[]' and map lookup '.' are not"
            + " allowed: IndexKey: g");
  }

  @Test
  void anUpdateKeepsIndexKeysValid() {
    Item before = item("p", "a", "r", BYTES, "g", 1);

    assertThatCode(() -> keys.requireUpdatedIndexKeys(before, item("g", 1, "x", 2)))
        .doesNotThrowAnyException();
    assertFault(
        () -> keys.requireUpdatedIndexKeys(before, item("g", 2)),
        "The update expression attempted to update the secondary index key to unsupported type");
    assertFault(
        () -> keys.requireUpdatedIndexKeys(null, item("g", "")),
        "One or more parameter values are not valid. The update expression attempted to update a"
            + " secondary index key to a value that is not supported. The AttributeValue for a key"
            + " attribute cannot contain an empty string value.");
    assertFault(
        () -> keys.requireUpdatedIndexKeys(null, item("l", "x".repeat(1025))),
        "The update expression attempted to update the secondary index key beyond allowed size"
            + " limits");
    assertFault(
        () -> keys.requireIndexKeyTypes(Map.of("x", AttributeType.N, "g", AttributeType.N)),
        INVALID + "Type mismatch for Index Key g Expected: S Actual: N IndexName: second");
  }
}
