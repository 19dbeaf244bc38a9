// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The rules of the small documents of buckets. Source: the S3 API reference. */
final class SettingRules {
  private static final List<String> BLOCKS =
      List.of("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets");
  private static final Set<String> KMS = Set.of("aws:kms", "aws:kms:dsse");

  private SettingRules() {}

  /** What a bucket without the setting answers. */
  static ObjectNode unset(BucketSetting setting) {
    ObjectNode answer = Json.object();
    switch (setting) {
      case REQUEST_PAYMENT -> answer.put("Payer", "BucketOwner");
      case ENCRYPTION -> {
        ObjectNode rule = answer.putArray("Rules").addObject();
        rule.putObject("ApplyServerSideEncryptionByDefault").put("SSEAlgorithm", "AES256");
        rule.put("BucketKeyEnabled", false);
      }
      default -> {
        // The others have no default values.
      }
    }
    return answer;
  }

  /** The public access block: what is not given is off. */
  static JsonNode publicAccessBlock(Input given) {
    ObjectNode block = Json.object();
    BLOCKS.forEach(member -> block.put(member, given.bool(member, false)));
    return block;
  }

  /** One rule; other owners' grants must be gone before access control lists are turned off. */
  static JsonNode ownership(Input given, BucketSettings settings) {
    requireOne(given);
    boolean enforced =
        given.json().at("/Rules/0/ObjectOwnership").asText().equals("BucketOwnerEnforced");
    if (enforced && AclRules.grantsOthers(settings)) {
      throw BucketErrors.aclWithOwnership();
    }
    return given.json();
  }

  /** One rule, with a key only where the algorithm has keys. */
  static JsonNode encryption(Input given) {
    requireOne(given);
    ObjectNode stored = given.json().deepCopy();
    if (!(stored.at("/Rules/0") instanceof ObjectNode rule)) {
      throw S3Errors.malformedXml();
    }
    JsonNode byDefault = rule.path("ApplyServerSideEncryptionByDefault");
    if (byDefault.isMissingNode()) {
      rule.putObject("ApplyServerSideEncryptionByDefault").put("SSEAlgorithm", "AES256");
    } else {
      String algorithm = byDefault.path("SSEAlgorithm").asText();
      boolean kms = KMS.contains(algorithm);
      if (!kms && !algorithm.equals("AES256")) {
        throw BucketErrors.malformedXml("SSEAlgorithm must be AES256, aws:kms or aws:kms:dsse");
      }
      if (!kms && byDefault.has("KMSMasterKeyID")) {
        throw S3Errors.invalidArgument(
            "ApplyServerSideEncryptionByDefault",
            "",
            "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or"
                + " aws:kms:dsse");
      }
    }
    if (!rule.has("BucketKeyEnabled")) {
      rule.put("BucketKeyEnabled", false);
    }
    return stored;
  }

  /** The headers that a bucket's encryption gives to objects. */
  static Map<String, String> encryptionHeaders(BucketSettings settings) {
    JsonNode rule =
        settings
            .shared(BucketSetting.ENCRYPTION)
            .orElseGet(() -> unset(BucketSetting.ENCRYPTION))
            .at("/Rules/0");
    JsonNode byDefault = rule.path("ApplyServerSideEncryptionByDefault");
    String algorithm = byDefault.path("SSEAlgorithm").asText();
    var headers = new TreeMap<String, String>();
    headers.put(ServerSideEncryption.METHOD, algorithm);
    if (KMS.contains(algorithm)) {
      if (byDefault.has("KMSMasterKeyID")) {
        headers.put(ServerSideEncryption.KMS_KEY, byDefault.path("KMSMasterKeyID").asText());
      }
      if (rule.path("BucketKeyEnabled").asBoolean()) {
        headers.put(ServerSideEncryption.BUCKET_KEY, "true");
      }
    }
    return headers;
  }

  private static void requireOne(Input given) {
    if (given.structures("Rules").size() != 1) {
      throw BucketErrors.malformedXml("Rules must have one rule");
    }
  }

  /** A document for the index, or a redirection of everything. */
  static JsonNode website(Input given) {
    if (given.has("RedirectAllRequestsTo")) {
      if (given.json().size() > 1) {
        throw S3Errors.invalidArgument(
            "RedirectAllRequestsTo",
            "not null",
            "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.");
      }
      return given.json();
    }
    String suffix = given.json().at("/IndexDocument/Suffix").asText();
    if (!given.has("IndexDocument")) {
      throw S3Errors.invalidArgument(
          "IndexDocument",
          "null",
          "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty");
    }
    if (suffix.isEmpty() || suffix.contains("/")) {
      throw S3Errors.invalidArgument(
          "IndexDocument", suffix, "The IndexDocument Suffix is not well formed");
    }
    if (given.has("ErrorDocument") && given.json().at("/ErrorDocument/Key").asText().isEmpty()) {
      throw S3Errors.invalidArgument(
          "ErrorDocument", "", "The ErrorDocument Key is not well formed");
    }
    for (Input rule : given.structures("RoutingRules")) {
      Input redirect = rule.structure("Redirect").orElseThrow(S3Errors::malformedXml);
      if (redirect.has("ReplaceKeyPrefixWith") && redirect.has("ReplaceKeyWith")) {
        throw BucketErrors.invalidRequest(
            "You can only define ReplaceKeyPrefix or ReplaceKey but not both.");
      }
    }
    return given.json();
  }

  /** The target of access logs must exist. Logs are not written. */
  static JsonNode logging(Input given, S3Store store) {
    given
        .structure("LoggingEnabled")
        .flatMap(enabled -> enabled.text("TargetBucket"))
        .filter(target -> !store.buckets().containsKey(target))
        .ifPresent(
            target -> {
              throw BucketErrors.noLogBucket(target);
            });
    return given.json();
  }

  /** Names with a period cannot have accelerated transfers. */
  static JsonNode accelerate(Input given, String bucket) {
    if (bucket.contains(".")) {
      throw BucketErrors.invalidRequest(
          "S3 Transfer Acceleration is not supported for buckets with periods (.) in their names");
    }
    String status = given.text("Status").orElse("");
    if (status.isEmpty()) {
      throw BucketErrors.malformedXml("Status is missing");
    }
    return given.json();
  }
}
