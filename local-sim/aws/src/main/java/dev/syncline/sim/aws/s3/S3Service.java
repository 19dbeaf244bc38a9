// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.s3;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.aws.port.HttpEndpoint;
import dev.syncline.sim.aws.s3.S3Store.S3Object;
import dev.syncline.sim.aws.service.AwsException;
import dev.syncline.sim.aws.service.AwsService;
import dev.syncline.sim.aws.service.CallContext;
import dev.syncline.sim.aws.service.Input;
import dev.syncline.sim.aws.service.Json;
import dev.syncline.sim.aws.service.Operation;
import dev.syncline.sim.aws.service.Output;
import dev.syncline.sim.aws.service.Protocol;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Amazon S3: buckets and objects in memory, without versioning. On the wire through {@link
 * #endpoint()}; the operations here are for callers inside, such as Lambda and CloudFormation
 * fetching code. Thread-safe.
 */
public final class S3Service implements AwsService {
  private final S3Store store;
  private final S3Endpoint endpoint;

  /** The service for one region. */
  public S3Service(SimClock clock, Ids ids, String region) {
    this.store = new S3Store(clock, ids);
    this.endpoint = new S3Endpoint(store, ids, region);
  }

  /** The REST and XML face of the service, to be added to the router. */
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
        Operation.of("CreateBucket", this::createBucket, "Bucket", "CreateBucketConfiguration"),
        Operation.of("DeleteBucket", this::deleteBucket, "Bucket"),
        Operation.of("ListBuckets", this::listBuckets),
        Operation.of("GetObject", this::getObject, "Bucket", "Key", "VersionId"),
        Operation.of("HeadObject", this::headObject, "Bucket", "Key", "VersionId"),
        Operation.of("PutObject", this::putObject, "Bucket", "Key", "ContentType", "Metadata"),
        Operation.of("DeleteObject", this::deleteObject, "Bucket", "Key"));
  }

  private Output createBucket(Input input, CallContext context) {
    store.create(input.requiredText("Bucket"), false);
    return Output.of(Json.object().put("Location", "/" + input.requiredText("Bucket")));
  }

  private Output deleteBucket(Input input, CallContext context) {
    store.delete(input.requiredText("Bucket"));
    return Output.empty();
  }

  private Output listBuckets(Input input, CallContext context) {
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("Buckets");
    store
        .buckets()
        .forEach(
            bucket ->
                list.addObject()
                    .put("Name", bucket.name())
                    .put("CreationDate", bucket.created().toString()));
    return Output.of(answer);
  }

  private Output getObject(Input input, CallContext context) {
    S3Object object = object(input);
    return Output.raw(200, headers(object), object.content());
  }

  private Output headObject(Input input, CallContext context) {
    S3Object object = object(input);
    return Output.of(
        Json.object()
            .put("ContentLength", object.content().length)
            .put("ETag", object.etag())
            .put("LastModified", object.modified().toString()));
  }

  private Output putObject(Input input, CallContext context) {
    var headers = new LinkedHashMap<String, String>();
    input.text("ContentType").ifPresent(type -> headers.put("Content-Type", type));
    input.textMap("Metadata").forEach((name, value) -> headers.put("x-amz-meta-" + name, value));
    S3Object object =
        store.put(input.requiredText("Bucket"), input.requiredText("Key"), context.body(), headers);
    return Output.of(Json.object().put("ETag", object.etag()));
  }

  private Output deleteObject(Input input, CallContext context) {
    store.remove(input.requiredText("Bucket"), input.requiredText("Key"));
    return Output.empty();
  }

  private S3Object object(Input input) {
    String version = input.text("VersionId").orElse("null");
    if (!version.equals("null")) {
      throw new AwsException(
          "NoSuchVersion",
          404,
          "The simulator keeps no versions of objects; VersionId is '" + version + "'.");
    }
    return store.get(input.requiredText("Bucket"), input.requiredText("Key"));
  }

  static Map<String, String> headers(S3Object object) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("ETag", object.etag());
    headers.put("Content-Type", "binary/octet-stream");
    headers.putAll(object.headers());
    return headers;
  }
}
