// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.s3;

import dev.syncline.sim.aws.port.HttpEndpoint;
import dev.syncline.sim.aws.port.HttpRequest;
import dev.syncline.sim.aws.port.HttpResponse;
import dev.syncline.sim.aws.service.AwsException;
import dev.syncline.sim.kernel.Ids;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/**
 * S3 on the port. Takes what is signed for {@code s3}, in a header or in the query, or sent to one
 * of its hosts; unsigned requests in path style are not recognized. Signatures are not verified,
 * the expiry of presigned URLs is. Thread-safe.
 */
final class S3Endpoint implements HttpEndpoint {
  private final Ids ids;
  private final String account;
  private final BucketRequests buckets;
  private final ObjectRequests objects;
  private final UploadRequests uploads;
  private final Supplier<Instant> now;

  S3Endpoint(Ids ids, String account, ObjectOperations operations, MultipartStore multipart) {
    this.ids = ids;
    this.account = account;
    this.now = operations::now;
    this.buckets = new BucketRequests(operations);
    this.objects = new ObjectRequests(operations);
    this.uploads = new UploadRequests(ids, operations, multipart);
  }

  @Override
  public boolean claims(HttpRequest request) {
    return S3Address.isMeant(request);
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    String requestId = ids.upperAlphanumeric(16);
    HttpResponse response;
    try {
      PresignedUrl.requireValid(request, now.get());
      response = route(S3Call.of(request));
    } catch (AwsException refused) {
      response = Answers.error(refused, request.rawPath(), requestId);
      if (request.method().equals("HEAD")) {
        response = new HttpResponse(refused.status(), response.headers(), new byte[0]);
      }
    }
    return new HttpResponse(
        response.status(), response.headers().with("x-amz-request-id", requestId), response.body());
  }

  private HttpResponse route(S3Call call) {
    requireOwner(call.header("x-amz-expected-bucket-owner"));
    requireOwner(call.header("x-amz-source-expected-bucket-owner"));
    if (call.bucket().isEmpty()) {
      if (!call.method().equals("GET")) {
        throw methodNotAllowed(call);
      }
      return buckets.list(call);
    }
    if (call.key().isEmpty()) {
      return bucket(call);
    }
    if (call.query().containsKey("uploadId") || call.query().containsKey("uploads")) {
      return upload(call);
    }
    return switch (call.method()) {
      case "GET", "HEAD" -> objects.get(call);
      case "PUT" ->
          call.header("x-amz-copy-source").isEmpty() ? objects.put(call) : objects.copy(call);
      case "DELETE" -> objects.delete(call);
      default -> throw methodNotAllowed(call);
    };
  }

  private HttpResponse bucket(S3Call call) {
    return switch (call.method()) {
      case "PUT" -> buckets.create(call);
      case "HEAD" -> buckets.head(call);
      case "DELETE" -> buckets.delete(call);
      case "GET" ->
          call.query().containsKey("location") ? buckets.location(call) : buckets.objects(call);
      case "POST" -> {
        if (!call.query().containsKey("delete")) {
          throw S3Errors.notImplemented(
              "POST on a bucket with "
                  + (call.query().isEmpty() ? "a form" : call.query().keySet()));
        }
        yield objects.deleteSeveral(call);
      }
      default -> throw methodNotAllowed(call);
    };
  }

  private HttpResponse upload(S3Call call) {
    boolean begins = call.query().containsKey("uploads");
    return switch (call.method()) {
      case "POST" -> begins ? uploads.begin(call) : uploads.complete(call);
      case "PUT" -> uploads.put(call);
      case "DELETE" -> uploads.abort(call);
      case "GET" -> uploads.parts(call);
      default -> throw methodNotAllowed(call);
    };
  }

  private void requireOwner(String expected) {
    if (!expected.isEmpty() && !expected.equals(account)) {
      throw new AwsException("AccessDenied", 403, "Access Denied");
    }
  }

  private static AwsException methodNotAllowed(S3Call call) {
    return new AwsException(
        "MethodNotAllowed",
        405,
        "The specified method is not allowed against this resource.",
        Map.of("Method", call.method()));
  }
}
