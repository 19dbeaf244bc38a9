// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.state.Blobs;
import dev.syncline.sim.service.state.SavedForm;
import dev.syncline.sim.service.state.ServiceState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Buckets and versions of objects as they are saved, the content of objects apart. Uploads in parts
 * that are under way are not saved. Thread-safe.
 */
record S3State(S3Store store, LifecycleRun lifecycle) implements ServiceState {
  private record SavedBucket(
      String name,
      Instant created,
      Versioning versioning,
      List<SavedObject> objects,
      @Nullable Map<String, JsonNode> settings) {}

  private record SavedObject(
      String key,
      String versionId,
      boolean marker,
      String content,
      String etag,
      Instant lastModified,
      Map<String, String> headers,
      Map<String, String> checksums,
      Map<String, String> tags,
      List<S3Object.ObjectPart> parts) {}

  /** The members of a bucket that files of older releases do not have. */
  private static final ObjectNode BUCKET_DEFAULTS =
      Json.object().put("versioning", Versioning.UNVERSIONED.name()).putNull("settings");

  /** The same of an object. */
  private static final ObjectNode OBJECT_DEFAULTS = objectDefaults();

  private static ObjectNode objectDefaults() {
    ObjectNode defaults =
        Json.object().put("versionId", S3Object.NULL_VERSION).put("marker", false);
    defaults.putObject("tags");
    defaults.putArray("parts");
    return defaults;
  }

  private static JsonNode complete(JsonNode saved) {
    JsonNode complete = saved.deepCopy();
    for (JsonNode bucket : complete) {
      putMissing(bucket, BUCKET_DEFAULTS);
      bucket.path("objects").forEach(object -> putMissing(object, OBJECT_DEFAULTS));
    }
    return complete;
  }

  private static void putMissing(JsonNode structure, ObjectNode defaults) {
    if (structure instanceof ObjectNode object) {
      defaults
          .properties()
          .forEach(
              member -> {
                if (!object.has(member.getKey())) {
                  object.set(member.getKey(), member.getValue());
                }
              });
    }
  }

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
    for (SavedBucket bucket : SavedForm.PLAIN.read(complete(saved), SavedBucket[].class)) {
      BucketSettings settings = BucketSettings.ofNew("BucketOwnerEnforced");
      // A file of an older release has none.
      if (bucket.settings != null) {
        settings.restore(bucket.settings);
      }
      store.createBucket(bucket.name, bucket.created, settings, bucket.versioning);
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
        saved.versionId,
        saved.marker,
        content,
        saved.etag,
        saved.lastModified,
        saved.headers,
        saved.checksums,
        saved.tags,
        saved.parts);
  }
}
