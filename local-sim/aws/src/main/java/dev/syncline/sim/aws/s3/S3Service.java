// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.s3;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.aws.port.Headers;
import dev.syncline.sim.aws.port.HttpEndpoint;
import dev.syncline.sim.aws.service.AwsService;
import dev.syncline.sim.aws.service.CallContext;
import dev.syncline.sim.aws.service.Input;
import dev.syncline.sim.aws.service.Operation;
import dev.syncline.sim.aws.service.Output;
import dev.syncline.sim.aws.service.Protocol;
import dev.syncline.sim.aws.state.ServiceState;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Amazon S3: general purpose buckets without versioning, held in memory, of one owner. The
 * dispatcher's operations are for callers inside; the wire goes through {@link #endpoint()}, which
 * knows more of them, over the same buckets. Behaviour: the S3 API reference. Thread-safe.
 */
public final class S3Service implements AwsService {
  private final ObjectOperations operations;
  private final HttpEndpoint endpoint;

  /**
   * The service, without buckets.
   *
   * @param account 12 digits; the owner of everything
   * @param region where every bucket is
   */
  public S3Service(SimClock clock, Ids ids, String account, String region) {
    this.operations = new ObjectOperations(clock, region, new S3Store());
    this.endpoint = new S3Endpoint(ids, account, operations, new MultipartStore());
  }

  /**
   * S3 on the port, in path style and virtual-hosted style. It claims only what is signed for S3 or
   * sent to its hosts, so it can be asked before or after others.
   */
  public HttpEndpoint endpoint() {
    return endpoint;
  }

  @Override
  public String signingName() {
    return "s3";
  }

  @Override
  public String title() {
    return "Amazon S3";
  }

  @Override
  public Protocol protocol() {
    return new Protocol.RestXml();
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.of("CreateBucket", this::createBucket, "Bucket"),
        Operation.of("HeadBucket", this::headBucket, "Bucket"),
        Operation.of("ListBuckets", this::listBuckets),
        Operation.of("DeleteBucket", this::deleteBucket, "Bucket"),
        Operation.of(
            "PutObject",
            this::put,
            "Bucket",
            "Key",
            "ContentType",
            "Metadata",
            "IfMatch",
            "IfNoneMatch"),
        Operation.of("GetObject", this::get, "Bucket", "Key", "VersionId", "Range"),
        Operation.of("HeadObject", this::head, "Bucket", "Key", "VersionId"),
        Operation.of("DeleteObject", this::delete, "Bucket", "Key", "VersionId", "IfMatch"),
        Operation.of(
            "ListObjectsV2",
            this::list,
            "Bucket",
            "Prefix",
            "Delimiter",
            "MaxKeys",
            "StartAfter",
            "ContinuationToken"));
  }

  @Override
  public ServiceState state() {
    return new S3State(operations.store());
  }

  private Output createBucket(Input input, CallContext context) {
    String bucket = input.requiredText("Bucket");
    operations.createBucket(bucket);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("Location", "/" + bucket);
    return Output.of(json);
  }

  private Output headBucket(Input input, CallContext context) {
    operations.store().requireBucket(input.requiredText("Bucket"));
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("BucketRegion", operations.region());
    return Output.of(json);
  }

  private Output listBuckets(Input input, CallContext context) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode items = json.putArray("Buckets");
    for (Map.Entry<String, Instant> bucket : operations.store().buckets().entrySet()) {
      items
          .addObject()
          .put("Name", bucket.getKey())
          .put("CreationDate", Answers.time(bucket.getValue()));
    }
    return Output.of(json);
  }

  private Output deleteBucket(Input input, CallContext context) {
    operations.store().deleteBucket(input.requiredText("Bucket"));
    return Output.empty();
  }

  private Output put(Input input, CallContext context) {
    var kept = new TreeMap<String, String>();
    kept.put("content-type", input.text("ContentType").orElse("binary/octet-stream"));
    input.textMap("Metadata").forEach((name, value) -> kept.put("x-amz-meta-" + name, value));
    Headers headers =
        Headers.of(
            "If-Match",
            input.text("IfMatch").orElse(""),
            "If-None-Match",
            input.text("IfNoneMatch").orElse(""));
    S3Object object =
        operations.put(
            input.requiredText("Bucket"), input.requiredText("Key"), context.body(), headers, kept);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("ETag", object.quotedEtag());
    return Output.of(json);
  }

  private Output get(Input input, CallContext context) {
    ObjectAnswer answer = answer(input);
    return Output.raw(answer.status(), answer.headers(), answer.body());
  }

  private Output head(Input input, CallContext context) {
    ObjectAnswer answer = answer(input);
    return Output.raw(answer.status(), answer.headers(), new byte[0]);
  }

  private ObjectAnswer answer(Input input) {
    Headers headers =
        input.text("Range").map(range -> Headers.of("Range", range)).orElse(Headers.EMPTY);
    return operations.get(
        input.requiredText("Bucket"),
        input.requiredText("Key"),
        input.text("VersionId").orElse(""),
        headers);
  }

  private Output delete(Input input, CallContext context) {
    operations.delete(
        input.requiredText("Bucket"),
        input.requiredText("Key"),
        input.text("VersionId").orElse(""),
        WriteCondition.ofDelete(input.text("IfMatch").orElse("")));
    return Output.empty();
  }

  private Output list(Input input, CallContext context) {
    String bucket = input.requiredText("Bucket");
    int most =
        Math.clamp(
            input.integer("MaxKeys").orElse(ObjectOperations.MOST_KEYS),
            0,
            ObjectOperations.MOST_KEYS);
    String after =
        input
            .text("ContinuationToken")
            .map(BucketRequests::token)
            .orElse(input.text("StartAfter").orElse(""));
    var query =
        new Listing.Query(
            input.text("Prefix").orElse(""), input.text("Delimiter").orElse(""), after, most);
    Listing page = operations.store().list(bucket, query);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("Name", bucket);
    json.put("Prefix", query.prefix());
    json.put("MaxKeys", most);
    json.put("KeyCount", page.count());
    json.put("IsTruncated", page.truncated());
    if (page.truncated()) {
      json.put("NextContinuationToken", BucketRequests.tokenOf(page.last()));
    }
    ArrayNode contents = json.putArray("Contents");
    for (S3Object object : page.objects()) {
      contents
          .addObject()
          .put("Key", object.key())
          .put("LastModified", Answers.time(object.lastModified()))
          .put("ETag", object.quotedEtag())
          .put("Size", object.size())
          .put("StorageClass", "STANDARD");
    }
    ArrayNode prefixes = json.putArray("CommonPrefixes");
    page.commonPrefixes().forEach(prefix -> prefixes.addObject().put("Prefix", prefix));
    return Output.of(json);
  }
}
