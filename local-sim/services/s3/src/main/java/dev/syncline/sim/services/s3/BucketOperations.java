// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.RestXmlBinding.Answer;
import dev.syncline.sim.service.RestXmlBinding.Document;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Operations on buckets. Thread-safe. */
record BucketOperations(
    SimClock clock, String account, String region, S3Store store, MultipartStore uploads) {
  private static final int MAX_BUCKETS = 10_000;
  private static final String US_EAST_1 = "us-east-1";
  private static final Set<String> OWNERSHIPS =
      Set.of("", "BucketOwnerPreferred", "ObjectWriter", "BucketOwnerEnforced");
  private static final Pattern LOCATION = Pattern.compile("[a-z]{2,3}(?:-[a-z]+)+-[1-9]|EU");

  List<Operation> operations() {
    return List.of(
        S3Call.operation(
            "CreateBucket",
            account,
            S3Bindings.bucket("PUT", Answer.headers(Map.of("Location", "Location")))
                .headers(
                    S3Bindings.headers(
                        AclRules.HEADERS,
                        List.of("x-amz-bucket-object-lock-enabled", "x-amz-object-ownership")))
                .carrying(
                    Document.shaped(
                        "CreateBucketConfiguration",
                        "CreateBucketConfiguration",
                        false,
                        "CreateBucketConfiguration")),
            this::create),
        S3Call.operation(
            "HeadBucket",
            account,
            S3Bindings.bucket(
                "HEAD",
                Answer.headers(
                        Map.of(
                            "BucketRegion", "x-amz-bucket-region",
                            "AccessPointAlias", "x-amz-access-point-alias"))
                    .typed()),
            this::head),
        S3Call.operation(
            "ListBuckets",
            account,
            S3Bindings.service("GET", Answer.document("ListAllMyBucketsResult"))
                .query(
                    S3Bindings.query(
                        "prefix", "max-buckets", "continuation-token", "bucket-region")),
            this::list),
        S3Call.operation(
            "DeleteBucket", account, S3Bindings.bucket("DELETE", Answer.bare(204)), this::delete),
        S3Call.operation(
            "GetBucketLocation",
            account,
            S3Bindings.bucket("GET", Answer.payload("LocationConstraint")).marked("location"),
            this::location));
  }

  private Output create(S3Call call) {
    BucketNames.require(call.bucket());
    Optional<Input> configuration = call.input().structure("CreateBucketConfiguration");
    configuration.ifPresent(BucketOperations::requireSupported);
    // A client has to name a region other than us-east-1. A caller inside may leave it out.
    if (call.fromClient() || configuration.isPresent()) {
      requireLocation(configuration.flatMap(given -> given.text("LocationConstraint")).orElse(""));
    }
    BucketSettings settings = settings(call, configuration);
    boolean locked = settings.get(BucketSetting.OBJECT_LOCK).isPresent();
    Versioning versioning = locked ? Versioning.ENABLED : Versioning.UNVERSIONED;
    // In us-east-1 the owner may create a bucket again.
    if (!store.createBucket(call.bucket(), clock.now(), settings, versioning)
        && !region.equals(US_EAST_1)) {
      throw S3Errors.bucketAlreadyOwned(call.bucket());
    }
    return Output.of(Json.object().put("Location", "/" + call.bucket()));
  }

  private static void requireSupported(Input configuration) {
    for (String member : List.of("Location", "Bucket")) {
      if (configuration.has(member)) {
        throw S3Errors.notImplemented(
            "directory buckets (the element '" + member + "' of CreateBucket)");
      }
    }
  }

  /** What the new bucket has from the start. */
  private static BucketSettings settings(S3Call call, Optional<Input> configuration) {
    String ownership = call.header("x-amz-object-ownership");
    if (!OWNERSHIPS.contains(ownership)) {
      throw S3Errors.invalidArgument(
          "x-amz-object-ownership",
          ownership,
          "Invalid x-amz-object-ownership header: " + ownership);
    }
    BucketSettings settings =
        BucketSettings.ofNew(ownership.isEmpty() ? "BucketOwnerEnforced" : ownership);
    if (call.header("x-amz-bucket-object-lock-enabled").equalsIgnoreCase("true")) {
      settings.put(BucketSetting.OBJECT_LOCK, Json.object().put("ObjectLockEnabled", "Enabled"));
    }
    AclRules.ofHeaders(call)
        .filter(acl -> !acl.equals(AclRules.ofOwner()))
        .ifPresent(
            acl -> {
              if (settings.ownerEnforced()) {
                throw BucketErrors.aclWithOwnership();
              }
              if (AclRules.isPublic(acl)) {
                throw S3Errors.accessDenied();
              }
              settings.put(BucketSetting.ACL, acl);
            });
    configuration
        .map(given -> given.structures("Tags"))
        .filter(tags -> !tags.isEmpty())
        .ifPresent(tags -> settings.put(BucketSetting.TAGGING, S3TagRules.accepted(tags)));
    return settings;
  }

  /**
   * Refuses a location other than this region; {@code location} is empty when none was given, which
   * means us-east-1. AWS refuses {@code us-east-1} itself as a constraint.
   */
  private void requireLocation(String location) {
    boolean known = location.isEmpty() || LOCATION.matcher(location).matches();
    if (!known || (location.equals(US_EAST_1) && region.equals(US_EAST_1))) {
      throw S3Errors.invalidLocation(location);
    }
    if (location.equals("EU") && region.equals("eu-west-1")) {
      return;
    }
    if (!(location.isEmpty() ? US_EAST_1 : location).equals(region)) {
      throw S3Errors.otherLocation(location);
    }
  }

  private Output head(S3Call call) {
    store.requireBucket(call.bucket());
    return Output.of(Json.object().put("BucketRegion", region).put("AccessPointAlias", false));
  }

  private Output list(S3Call call) {
    String prefix = call.parameter("prefix");
    String askedRegion = call.parameter("bucket-region");
    int most = S3Text.number(call, "max-buckets", MAX_BUCKETS);
    if (most < 1 || most > MAX_BUCKETS) {
      throw S3Errors.invalidArgument(
          "max-buckets",
          Integer.toString(most),
          "Argument max-buckets must be an integer between 1 and " + MAX_BUCKETS);
    }
    String after = S3Text.token(call.parameter("continuation-token"));
    var found = new ArrayList<Map.Entry<String, Instant>>();
    for (Map.Entry<String, Instant> bucket : store.buckets().entrySet()) {
      boolean inRegion = askedRegion.isEmpty() || askedRegion.equals(region);
      if (inRegion && bucket.getKey().startsWith(prefix) && bucket.getKey().compareTo(after) > 0) {
        found.add(bucket);
      }
    }
    List<Map.Entry<String, Instant>> page = found.subList(0, Math.min(most, found.size()));
    ObjectNode json = Json.object();
    json.set("Owner", S3Text.owner());
    ArrayNode buckets = json.putArray("Buckets");
    for (Map.Entry<String, Instant> bucket : page) {
      buckets
          .addObject()
          .put("Name", bucket.getKey())
          .put("CreationDate", S3Text.time(bucket.getValue()))
          .put("BucketRegion", region);
    }
    if (page.size() < found.size() && !page.isEmpty()) {
      json.put("ContinuationToken", S3Text.tokenOf(page.getLast().getKey()));
    }
    if (!prefix.isEmpty()) {
      json.put("Prefix", prefix);
    }
    return Output.of(json);
  }

  private Output delete(S3Call call) {
    store.deleteBucket(call.bucket());
    uploads.endAll(call.bucket());
    return Output.empty();
  }

  private Output location(S3Call call) {
    store.requireBucket(call.bucket());
    ObjectNode json = Json.object();
    if (!region.equals(US_EAST_1)) {
      json.put("LocationConstraint", region);
    }
    return Output.of(json);
  }
}
