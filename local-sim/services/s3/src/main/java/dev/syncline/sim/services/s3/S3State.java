// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.state.Blobs;
import dev.syncline.sim.service.state.SavedForm;
import dev.syncline.sim.service.state.ServiceState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Buckets and versions of objects as they are saved, the content of objects apart. Uploads in parts
 * that are under way are not saved. Thread-safe.
 */
record S3State(S3Store store, LifecycleRun lifecycle) implements ServiceState {
  private record SavedBucket(
      String name,
      Instant created,
      @Nullable Versioning versioning,
      List<SavedObject> objects,
      @Nullable Map<String, JsonNode> settings) {}

  /** Members that are null were not saved by former versions of the simulator. */
  private record SavedObject(
      String key,
      @Nullable String versionId,
      boolean marker,
      String content,
      String etag,
      Instant lastModified,
      Map<String, String> headers,
      Map<String, String> checksums,
      @Nullable Map<String, String> tags,
      @Nullable List<S3Object.ObjectPart> parts) {}

  @Override
  public JsonNode save(Blobs blobs) {
    return SavedForm.PLAIN.write(
        store.everything().entrySet().stream()
            .map(
                bucket ->
                    new SavedBucket(
                        bucket.getKey(),
                        bucket.getValue().created(),
                        bucket.getValue().versioning(),
                        bucket.getValue().versions().stream()
                            .map(object -> saved(object, blobs))
                            .toList(),
                        bucket.getValue().settings().saved()))
            .toList());
  }

  @Override
  public void restore(JsonNode saved, Blobs blobs) {
    for (SavedBucket bucket : SavedForm.PLAIN.read(saved, SavedBucket[].class)) {
      BucketSettings settings = BucketSettings.ofNew("BucketOwnerEnforced");
      // A file of an older release has none.
      if (bucket.settings != null) {
        settings.restore(bucket.settings);
      }
      store.createBucket(
          bucket.name,
          bucket.created,
          settings,
          Objects.requireNonNullElse(bucket.versioning, Versioning.UNVERSIONED));
      for (SavedObject object : bucket.objects) {
        if (object.marker) {
          store.restore(bucket.name, object(object, new byte[0]));
        } else {
          blobs
              .find(
                  object.content, "the object '" + object.key + "' of bucket '" + bucket.name + "'")
              .ifPresent(content -> store.restore(bucket.name, object(object, content)));
        }
      }
    }
  }

  @Override
  public void resume() {
    lifecycle.reconsider();
  }

  private static SavedObject saved(S3Object object, Blobs blobs) {
    return new SavedObject(
        object.key(),
        object.versionId(),
        object.marker(),
        object.marker() ? "" : blobs.keep(object.content(), object::content),
        object.etag(),
        object.lastModified(),
        object.headers(),
        object.checksums(),
        object.tags(),
        object.parts());
  }

  private static S3Object object(SavedObject saved, byte[] content) {
    return new S3Object(
        saved.key,
        Objects.requireNonNullElse(saved.versionId, S3Object.NULL_VERSION),
        saved.marker,
        content,
        saved.etag,
        saved.lastModified,
        saved.headers,
        saved.checksums,
        Objects.requireNonNullElse(saved.tags, Map.of()),
        Objects.requireNonNullElse(saved.parts, List.of()));
  }
}
