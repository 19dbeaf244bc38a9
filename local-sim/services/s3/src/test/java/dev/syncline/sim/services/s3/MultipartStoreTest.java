// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MultipartStoreTest {
  private final MultipartStore uploads = new MultipartStore(100);

  @Test
  void anAbandonedUploadGoesWhenTheRoomIsNeeded() {
    begin("a", "b", "c");
    put("a", 1, 40);
    put("b", 1, 40);
    put("a", 2, 10);

    put("c", 1, 50);

    assertThatThrownBy(() -> uploads.get("b", "bucket", "key"))
        .hasMessageContaining("The specified upload does not exist");
    assertThat(uploads.get("a", "bucket", "key").parts()).hasSize(2);
  }

  @Test
  void aPartThatIsReplacedOrAbortedGivesItsRoomBack() {
    begin("a", "b", "c");
    for (int i = 0; i < 50; i++) {
      put("a", 1, 60);
    }
    put("b", 1, 40);
    uploads.end("a");
    put("c", 1, 60);
    assertThat(uploads.get("b", "bucket", "key").parts()).hasSize(1);
    uploads.endAll("bucket");
    assertThatThrownBy(() -> uploads.get("b", "bucket", "key")).isNotNull();
    begin("d");
    put("d", 1, 100);
  }

  @Test
  void anUploadThatCannotFitIsRefusedAndEndsNoOther() {
    begin("a", "b");
    put("a", 1, 60);
    put("b", 1, 40);
    assertThatThrownBy(() -> put("b", 2, 61)).hasMessageContaining("more than 100 bytes");
    assertThat(uploads.get("a", "bucket", "key").parts()).hasSize(1);
  }

  private void begin(String... ids) {
    for (String id : ids) {
      uploads.begin(
          new MultipartUpload.Opening(
              id,
              "bucket",
              "key",
              new ObjectSettings(Map.of(), Map.of()),
              null,
              "FULL_OBJECT",
              Instant.EPOCH));
    }
  }

  private void put(String id, int number, int bytes) {
    uploads.put(
        id,
        "bucket",
        "key",
        new MultipartUpload.Part(number, new byte[bytes], "e", Instant.EPOCH, Map.of()));
  }
}
