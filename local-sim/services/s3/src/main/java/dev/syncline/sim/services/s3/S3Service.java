// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.OperationHandler;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.state.ServiceState;
import dev.syncline.sim.services.s3.resources.BucketResource;
import java.util.List;

/**
 * Amazon S3: general purpose buckets without versioning, held in memory, of one owner. Callers
 * inside and requests on the wire reach the same operations, which take and answer what the
 * published model names; {@link #endpoint} translates. Behaviour: the S3 API reference.
 * Thread-safe.
 */
public final class S3Service implements AwsService, ResourceProvider {
  private final ObjectOperations operations;
  private final BucketRequests buckets;
  private final ObjectRequests objects;
  private final UploadRequests uploads;
  private final String account;
  private final HttpEndpoint endpoint;

  /**
   * The service, without buckets.
   *
   * @param account 12 digits; the owner of everything
   * @param region where every bucket is
   */
  public S3Service(
      SimClock clock,
      Ids ids,
      String account,
      String region,
      Dispatcher dispatcher,
      Journal journal) {
    this.account = account;
    this.operations = new ObjectOperations(clock, region, new S3Store());
    var multipart = new MultipartStore();
    this.buckets = new BucketRequests(operations, multipart);
    this.objects = new ObjectRequests(operations);
    this.uploads = new UploadRequests(ids, operations, multipart);
    this.endpoint = new S3Endpoint(ids, journal, dispatcher, account, region, operations::now);
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
    return S3Binding.ALL.stream()
        .map(binding -> Operation.of(binding.name(), handler(binding), binding.members()))
        .toList();
  }

  private OperationHandler handler(S3Binding binding) {
    return (input, context) -> {
      S3Call call = S3Call.of(binding, input, context.body());
      requireOwner(call.header("x-amz-expected-bucket-owner"));
      requireOwner(call.header("x-amz-source-expected-bucket-owner"));
      return switch (binding.name()) {
        case "CreateBucket" -> buckets.create(call, input, !context.host().isEmpty());
        case "HeadBucket" -> buckets.head(call, input);
        case "ListBuckets" -> buckets.list(call, input);
        case "DeleteBucket" -> buckets.delete(call, input);
        case "GetBucketLocation" -> buckets.location(call, input);
        case "ListObjects" -> buckets.listObjects(call, input);
        case "ListObjectsV2" -> buckets.listObjectsV2(call, input);
        case "DeleteObjects" -> objects.deleteSeveral(call, input);
        case "PutObject" -> objects.put(call, input);
        case "GetObject", "HeadObject" -> objects.get(call, input);
        case "CopyObject" -> objects.copy(call, input);
        case "DeleteObject" -> objects.delete(call, input);
        case "CreateMultipartUpload" -> uploads.begin(call, input);
        case "UploadPart" -> uploads.put(call, input);
        case "CompleteMultipartUpload" -> uploads.complete(call, input);
        case "AbortMultipartUpload" -> uploads.abort(call, input);
        case "ListParts" -> uploads.parts(call, input);
        default -> throw new IllegalStateException("no handler for " + binding.name());
      };
    };
  }

  private void requireOwner(String expected) {
    if (!expected.isEmpty() && !expected.equals(account)) {
      throw new AwsException("AccessDenied", 403, "Access Denied");
    }
  }

  @Override
  public AwsException throttled() {
    return new AwsException("SlowDown", 503, "Please reduce your request rate.");
  }

  @Override
  public ServiceState state() {
    return new S3State(operations.store());
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(new BucketResource());
  }

  @Override
  public List<HttpEndpoint> endpoints() {
    return List.of(endpoint);
  }
}
