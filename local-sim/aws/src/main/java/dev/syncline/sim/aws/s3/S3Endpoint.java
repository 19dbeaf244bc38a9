// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.s3;

import dev.syncline.sim.aws.port.Headers;
import dev.syncline.sim.aws.port.HttpEndpoint;
import dev.syncline.sim.aws.port.HttpRequest;
import dev.syncline.sim.aws.port.HttpResponse;
import dev.syncline.sim.aws.protocol.CredentialScope;
import dev.syncline.sim.aws.protocol.Xml;
import dev.syncline.sim.aws.service.AwsException;
import dev.syncline.sim.kernel.Ids;
import java.util.Optional;
import java.util.Set;

/**
 * S3 on the wire: REST and XML, path style and virtual-host style. Tells operations apart by
 * method, by whether there is a key, and by the query; what it does not know it refuses by name.
 */
final class S3Endpoint implements HttpEndpoint {
  static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

  /** Parameters that select an operation of its own. */
  private static final Set<String> UNSUPPORTED =
      Set.of(
          "accelerate",
          "acl",
          "analytics",
          "attributes",
          "cors",
          "encryption",
          "inventory",
          "lifecycle",
          "logging",
          "metrics",
          "notification",
          "object-lock",
          "ownershipControls",
          "policy",
          "policyStatus",
          "publicAccessBlock",
          "replication",
          "requestPayment",
          "restore",
          "retention",
          "legal-hold",
          "select",
          "tagging",
          "torrent",
          "versioning",
          "versions",
          "website",
          "intelligent-tiering",
          "session");

  private final Ids ids;
  private final String region;
  private final BucketOperations buckets;
  private final ObjectOperations objects;
  private final MultipartOperations multipart;

  S3Endpoint(S3Store store, Ids ids, String region) {
    this.ids = ids;
    this.region = region;
    this.buckets = new BucketOperations(store, region);
    this.objects = new ObjectOperations(store);
    this.multipart = new MultipartOperations(store);
  }

  @Override
  public boolean claims(HttpRequest request) {
    Optional<CredentialScope> scope =
        CredentialScope.of(request.headers().first("authorization"), request.query());
    if (scope.isPresent()) {
      return scope.get().service().equals("s3");
    }
    String host = request.hostName();
    return host.equals("s3.amazonaws.com")
        || host.equals("s3." + region + ".amazonaws.com")
        || host.endsWith(".s3.amazonaws.com")
        || host.endsWith(".s3." + region + ".amazonaws.com");
  }

  @Override
  public HttpResponse answer(HttpRequest http) {
    String requestId = ids.upperAlphanumeric(16);
    HttpResponse answer;
    try {
      requireRegion(http);
      answer = operation(S3Request.of(http, region));
    } catch (AwsException error) {
      answer = error(error, http.rawPath(), requestId);
    }
    return new HttpResponse(
        answer.status(), answer.headers().with("x-amz-request-id", requestId), answer.body());
  }

  private HttpResponse operation(S3Request request) {
    String method = request.http().method();
    for (String parameter : request.query().keySet()) {
      if (UNSUPPORTED.contains(parameter)) {
        throw unsupported(method + " ?" + parameter);
      }
    }
    if (request.bucket().isEmpty()) {
      if (method.equals("GET")) {
        return buckets.list();
      }
      throw unsupported(method + " /");
    }
    return request.key().isEmpty() ? bucket(method, request) : object(method, request);
  }

  private HttpResponse bucket(String method, S3Request request) {
    return switch (method) {
      case "PUT" -> buckets.create(request);
      case "DELETE" -> buckets.delete(request);
      case "HEAD" -> buckets.head(request);
      case "GET" -> {
        if (request.asks("location")) {
          yield buckets.location(request);
        }
        if (request.asks("uploads")) {
          throw unsupported("ListMultipartUploads");
        }
        yield buckets.listObjects(request);
      }
      case "POST" -> {
        if (request.asks("delete")) {
          yield objects.deleteMany(request);
        }
        throw unsupported("POST on a bucket");
      }
      default -> throw unsupported(method + " on a bucket");
    };
  }

  private HttpResponse object(String method, S3Request request) {
    if (request.asks("uploads") || request.asks("uploadId")) {
      return switch (method) {
        case "POST" ->
            request.asks("uploads") ? multipart.begin(request) : multipart.complete(request);
        case "PUT" -> {
          if (request.header("x-amz-copy-source").isPresent()) {
            throw unsupported("UploadPartCopy");
          }
          yield multipart.part(request);
        }
        case "DELETE" -> multipart.abort(request);
        default -> throw unsupported(method.equals("GET") ? "ListParts" : method);
      };
    }
    return switch (method) {
      case "GET", "HEAD" -> objects.get(request);
      case "PUT" ->
          request.header("x-amz-copy-source").isPresent()
              ? objects.copy(request)
              : objects.put(request);
      case "DELETE" -> objects.delete(request);
      default -> throw unsupported(method + " on an object");
    };
  }

  private void requireRegion(HttpRequest http) {
    Optional<CredentialScope> scope =
        CredentialScope.of(http.headers().first("authorization"), http.query());
    String asked = scope.map(CredentialScope::region).orElse("");
    if (!asked.isEmpty() && !asked.equals(region)) {
      throw AwsException.badRequest(
          "AuthorizationHeaderMalformed",
          "the region '"
              + asked
              + "' is wrong; this simulator serves region "
              + region
              + "; start it with --region "
              + asked
              + ".");
    }
  }

  private static AwsException unsupported(String what) {
    return AwsException.badRequest(
        "NotImplemented", "The simulator does not support the S3 operation " + what + ".");
  }

  private static HttpResponse error(AwsException error, String resource, String requestId) {
    if (error.status() == 304) {
      return new HttpResponse(304, Headers.EMPTY, new byte[0]);
    }
    var xml = new Xml().open("Error").element("Code", error.code());
    xml.element("Message", error.text());
    error.members().forEach((name, value) -> xml.element(name, value.toString()));
    xml.element("Resource", resource).element("RequestId", requestId).close("Error");
    return xml(error.status(), xml);
  }

  static HttpResponse xml(int status, Xml xml) {
    return new HttpResponse(status, Headers.of("Content-Type", "application/xml"), xml.bytes());
  }
}
