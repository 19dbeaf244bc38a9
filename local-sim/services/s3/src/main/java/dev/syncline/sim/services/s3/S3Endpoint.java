// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.service.ApiCall;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * S3 on the port. Takes what is signed for {@code s3}, in a header or in the query, or sent to one
 * of its hosts; unsigned requests in path style are not recognized. Signatures are not verified,
 * the expiry of presigned URLs is. Each request is an operation, carried out by the dispatcher and
 * recorded in the journal. Thread-safe.
 */
final class S3Endpoint implements HttpEndpoint {
  private static final String S3 = "s3";

  private final Ids ids;
  private final Journal journal;
  private final Dispatcher dispatcher;
  private final String account;
  private final String region;
  private final Supplier<Instant> now;

  S3Endpoint(
      Ids ids,
      Journal journal,
      Dispatcher dispatcher,
      String account,
      String region,
      Supplier<Instant> now) {
    this.ids = ids;
    this.journal = journal;
    this.dispatcher = dispatcher;
    this.account = account;
    this.region = region;
    this.now = now;
  }

  @Override
  public boolean claims(HttpRequest request) {
    return S3Address.isMeant(request);
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    String requestId = ids.upperAlphanumeric(16);
    String operation = "";
    HttpResponse response;
    String code = "";
    try {
      PresignedUrl.requireValid(request, now.get());
      S3Call call = S3Call.of(request);
      S3Binding binding = RestXmlCodec.operation(call);
      operation = binding.name();
      ObjectNode input = RestXmlCodec.input(binding, call);
      var context =
          new CallContext(
              account,
              region,
              requestId,
              request.headers().first("host").orElse(request.hostName()),
              call.content());
      response = RestXmlCodec.response(binding, dispatcher.call(S3, operation, input, context));
    } catch (AwsException refused) {
      code = refused.code();
      response = Answers.error(refused, request.rawPath(), requestId);
      if (request.method().equals("HEAD")) {
        response = new HttpResponse(refused.status(), response.headers(), new byte[0]);
      }
    } catch (RuntimeException | Error defect) {
      // The router answers for it.
      journal.record(new ApiCall(S3, operation, 500, "InternalError", requestId));
      throw defect;
    }
    journal.record(new ApiCall(S3, operation, response.status(), code, requestId));
    Headers headers = response.headers().with("x-amz-request-id", requestId);
    return new HttpResponse(response.status(), headers, response.body());
  }
}
