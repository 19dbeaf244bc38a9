// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.RestXmlBinding;
import dev.syncline.sim.service.RestXmlBinding.Answer;
import dev.syncline.sim.service.RestXmlBinding.Document;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Sets, reads and removes what is configured on buckets and is one XML document. Policies, access
 * control lists and notifications have their own operations. Thread-safe.
 */
record SettingOperations(Ids ids, String account, S3Store store, Runnable lifecycleChanged) {
  private static final String MINIMUM_HEADER = "x-amz-transition-default-minimum-object-size";
  private static final Set<BucketSetting> ELSEWHERE =
      EnumSet.of(BucketSetting.POLICY, BucketSetting.ACL, BucketSetting.NOTIFICATION);
  private static final Set<BucketSetting> NOT_REMOVED =
      EnumSet.of(
          BucketSetting.LOGGING,
          BucketSetting.REQUEST_PAYMENT,
          BucketSetting.ACCELERATE,
          BucketSetting.OBJECT_LOCK);

  List<Operation> operations() {
    return Stream.of(BucketSetting.values())
        .filter(setting -> !ELSEWHERE.contains(setting))
        .flatMap(setting -> operations(setting).stream())
        .toList();
  }

  private List<Operation> operations(BucketSetting setting) {
    var operations = new ArrayList<Operation>();
    if (setting != BucketSetting.REPLICATION) {
      operations.add(
          S3Call.operation(
              setting.put(), account, putBinding(setting), call -> put(setting, call)));
    }
    operations.add(
        S3Call.operation(setting.get(), account, getBinding(setting), call -> get(setting, call)));
    if (!NOT_REMOVED.contains(setting)) {
      operations.add(
          S3Call.operation(
              setting.delete(), account, deleteBinding(setting), call -> remove(setting, call)));
    }
    return operations;
  }

  private static RestXmlBinding putBinding(BucketSetting setting) {
    return S3Bindings.bucket(
            "PUT",
            setting == BucketSetting.LIFECYCLE
                ? Answer.headers(Map.of(LifecycleRules.MINIMUM, MINIMUM_HEADER))
                : Answer.bare(200))
        .marked(setting.marker())
        .headers(
            S3Bindings.headers(
                S3Bindings.CHECKSUMS,
                setting == BucketSetting.LIFECYCLE ? List.of(MINIMUM_HEADER) : List.of()))
        .carrying(Document.shaped(setting.member(), setting.member(), true, setting.shape()));
  }

  /** The request and the answer of reading a setting. */
  static RestXmlBinding getBinding(BucketSetting setting) {
    Answer answer =
        (setting.payload()
                ? Answer.payload(setting.member())
                : Answer.document(
                    setting == BucketSetting.LIFECYCLE
                        ? "LifecycleConfiguration"
                        : setting.member()))
            .shaped(setting.shape());
    return S3Bindings.bucket(
            "GET",
            setting == BucketSetting.LIFECYCLE
                ? answer.with(Map.of(LifecycleRules.MINIMUM, MINIMUM_HEADER))
                : answer)
        .marked(setting.marker());
  }

  /** The request of removing a setting. */
  static RestXmlBinding deleteBinding(BucketSetting setting) {
    return S3Bindings.bucket("DELETE", Answer.bare(204)).marked(setting.marker());
  }

  private Output put(BucketSetting setting, S3Call call) {
    BucketSettings settings = store.settings(call.bucket());
    Checksums.check(call.headers(), call.content());
    JsonNode accepted = accepted(setting, settings, call, DocumentCheck.require(setting, call));
    settings.put(setting, accepted);
    ObjectNode answer = Json.object();
    if (setting == BucketSetting.LIFECYCLE) {
      lifecycleChanged.run();
      answer.set(LifecycleRules.MINIMUM, accepted.path(LifecycleRules.MINIMUM));
    }
    return Output.of(answer);
  }

  private JsonNode accepted(
      BucketSetting setting, BucketSettings settings, S3Call call, Input given) {
    return switch (setting) {
      case TAGGING -> S3TagRules.accepted(given.structures("TagSet"));
      case CORS -> CorsRules.accepted(given);
      case LIFECYCLE -> LifecycleRules.accepted(given, call.header(MINIMUM_HEADER), ids);
      case PUBLIC_ACCESS_BLOCK -> SettingRules.publicAccessBlock(given);
      case OWNERSHIP -> SettingRules.ownership(given, settings);
      case ENCRYPTION -> SettingRules.encryption(given);
      case WEBSITE -> SettingRules.website(given);
      case LOGGING -> SettingRules.logging(given, store);
      case ACCELERATE -> SettingRules.accelerate(given, call.bucket());
      case OBJECT_LOCK -> objectLock(call.bucket(), given);
      case REQUEST_PAYMENT -> given.json();
      case POLICY, ACL, NOTIFICATION, REPLICATION -> throw new IllegalStateException(setting.put());
    };
  }

  /** Object Lock without a default retention; objects are not locked. */
  private JsonNode objectLock(String bucket, Input given) {
    if (given.has("Rule")) {
      throw S3Errors.notImplemented(
          "the default retention of Object Lock (the element 'Rule'), because objects are not"
              + " locked");
    }
    if (store.versioning(bucket) != Versioning.ENABLED) {
      throw BucketErrors.needsVersioning();
    }
    return given.json();
  }

  private Output get(BucketSetting setting, S3Call call) {
    return Output.of(answer(setting, store.settings(call.bucket()), call.bucket()));
  }

  /**
   * The answer to a request that reads a setting.
   *
   * @throws AwsException for a bucket without it, unless it has a default
   */
  static ObjectNode answer(BucketSetting setting, BucketSettings settings, String bucket) {
    JsonNode document =
        settings
            .get(setting)
            .orElseGet(
                () -> {
                  AwsException missing = BucketErrors.missing(setting, bucket);
                  if (missing != null) {
                    throw missing;
                  }
                  return SettingRules.unset(setting);
                });
    if (!setting.payload() && document instanceof ObjectNode whole) {
      return whole;
    }
    return Json.object().set(setting.member(), document);
  }

  private Output remove(BucketSetting setting, S3Call call) {
    store.settings(call.bucket()).remove(setting);
    if (setting == BucketSetting.LIFECYCLE) {
      lifecycleChanged.run();
    }
    return Output.empty();
  }
}
