// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.syncline.testing.TestDigests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The services that the shipped backends call, on one port, with faults: Step Functions, Lambda,
 * SQS, S3 and an HTTP worker. {@link #takeSpent} returns the simulated time of the calls.
 *
 * <p>Not thread-safe: calls run one at a time, and never concurrently with the simulation.
 */
final class Services implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern WORK_ID = Pattern.compile("exec-[0-9a-f]{32}");

  /** The bridge's time-out for a response. */
  private static long patience(String operation) {
    return switch (operation) {
      case "DescribeExecution", "FindJob" -> 1_500;
      case "GetObject", "PutObject" -> 1_000;
      default -> 3_000;
    };
  }

  private record Reply(int status, String errorType, String body, String tag, boolean stalls) {
    static final Reply CUT = new Reply(0, "", "");

    Reply(int status, String errorType, String body) {
      this(status, errorType, body, "", false);
    }

    static Reply ok(String body) {
      return new Reply(200, "", body);
    }

    static Reply error(int status, String type) {
      return new Reply(
          status, type, "{\"__type\":\"" + type + "\",\"message\":\"as it was planned\"}");
    }
  }

  private final SeededRandom chance;
  private final boolean idempotentWorker;
  private final Work work;

  private record Stored(String text, String tag) {}

  private final Map<String, Stored> objects = new HashMap<>();
  private long versions;
  private final HttpServer server;
  private final Map<String, Long> spent = new HashMap<>();
  private final LongConsumer beforeAnswer;
  private long calls;

  /** Makes the writes of the port's thread and of the simulation visible to each other. */
  private volatile int fence;

  /**
   * @param idempotentWorker whether the HTTP worker deduplicates
   * @param beforeAnswer receives the number of each call, on the port's thread, while the client
   *     waits
   */
  Services(
      SeededRandom chance,
      Fibers fibers,
      EventApi events,
      boolean idempotentWorker,
      LongConsumer beforeAnswer)
      throws IOException {
    this.beforeAnswer = beforeAnswer;
    this.chance = chance;
    this.idempotentWorker = idempotentWorker;
    this.work = new Work(chance, fibers, events, this::keep);
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.createContext("/", this::handle);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The simulated work. */
  Work work() {
    return work;
  }

  /**
   * The simulated time of the calls about this id since the last call of this method, in
   * milliseconds.
   */
  long takeSpent(String id) {
    int unused = fence;
    Long taken = spent.remove(id);
    fence++;
    return taken == null ? 0 : taken;
  }

  private boolean keep(String id, String envelope) {
    if (chance.strikes(id, "outcome not kept", 0.03)) {
      return false;
    }
    store("/results/work/" + id + "/outcome.json", envelope);
    return true;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int unused = fence;
    beforeAnswer.accept(++calls);
    Reply reply = reply(exchange, body);
    fence++;
    if (reply.status == 0) {
      exchange.close();
      return;
    }
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
    if (!reply.tag.isEmpty()) {
      exchange.getResponseHeaders().add("ETag", reply.tag);
    }
    if (!reply.errorType.isEmpty()) {
      exchange.getResponseHeaders().add("x-amzn-ErrorType", reply.errorType);
    }
    byte[] text = reply.body.getBytes(StandardCharsets.UTF_8);
    if (reply.stalls) {
      // Headers and the first byte; the client times out before the rest.
      exchange.sendResponseHeaders(reply.status, text.length + 50);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
      throw new IOException("as it was planned");
    }
    exchange.sendResponseHeaders(reply.status, text.length == 0 ? -1 : text.length);
    exchange.getResponseBody().write(text);
    exchange.close();
  }

  private Reply reply(HttpExchange exchange, String body) throws IOException {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    String path = exchange.getRequestURI().getRawPath();
    String method = exchange.getRequestMethod();
    if (target != null) {
      JsonNode input = JSON.readTree(body);
      String operation = target.substring(target.indexOf('.') + 1);
      return switch (operation) {
        case "StartExecution" -> startExecution(input);
        case "StartSyncExecution" -> startSyncExecution(input);
        case "DescribeExecution" -> describeExecution(input);
        case "SendMessage" -> sendMessage(input);
        default -> throw new IllegalStateException("an unknown operation: " + operation);
      };
    }
    if (path.startsWith("/results/work/")) {
      return object(
          method,
          path,
          body,
          exchange.getRequestHeaders().containsKey("If-None-Match"),
          exchange.getRequestHeaders().getFirst("If-Match"));
    }
    if (path.equals("/jobs")) {
      return takeJob(body);
    }
    if (path.startsWith("/jobs/")) {
      return findJob(path.substring("/jobs/".length()));
    }
    if (path.endsWith("/invocations")) {
      return invoke(body);
    }
    throw new IllegalStateException("an unknown request: " + method + " " + path);
  }

  /** One call: refused, done, or done with a lost response. */
  private Reply call(String id, String operation, Supplier<Reply> carryOut) {
    spent.merge(id, 3 + chance.about(id, "latency").nextLong(12), Long::sum);
    if (chance.strikes(id, operation + " throttled", 0.05)) {
      boolean plainHttp = operation.endsWith("Object") || operation.endsWith("Job");
      return plainHttp ? Reply.error(503, "SlowDown") : Reply.error(400, "ThrottlingException");
    }
    if (chance.strikes(id, operation + " failed", 0.02)) {
      return Reply.error(500, "InternalFailure");
    }
    Reply reply = carryOut.get();
    if (chance.strikes(id, operation + " done, said to have failed", 0.03)) {
      return Reply.error(500, "InternalFailure");
    }
    if (chance.strikes(id, operation + " done, answer lost", 0.02)) {
      spent.merge(id, patience(operation), Long::sum);
      return Reply.CUT;
    }
    if (chance.strikes(id, operation + " done, body stalled", 0.02)) {
      spent.merge(id, patience(operation), Long::sum);
      return new Reply(reply.status, reply.errorType, reply.body, reply.tag, true);
    }
    return reply;
  }

  private Reply startExecution(JsonNode input) {
    String id = input.path("name").asText();
    return call(
        id,
        "StartExecution",
        () ->
            work.execution(id, input.path("input").asText())
                ? Reply.ok("{\"executionArn\":\"" + arn(id) + "\",\"startDate\":1.0}")
                : Reply.error(400, "ExecutionAlreadyExists"));
  }

  private Reply startSyncExecution(JsonNode input) {
    String id = input.path("name").asText();
    return call(
        id,
        "StartSyncExecution",
        () -> {
          ObjectNode answer = JSON.createObjectNode();
          answer.put("executionArn", arn(id)).put("startDate", 1.0).put("stopDate", 1.0);
          answer.put("status", "SUCCEEDED");
          return Reply.ok(
              answer.put("output", work.atOnce(id, input.path("input").asText())).toString());
        });
  }

  private Reply describeExecution(JsonNode input) {
    String id = id(input.path("executionArn").asText());
    return call(
        id,
        "DescribeExecution",
        () -> {
          ObjectNode about = work.describe(id);
          return about == null
              ? Reply.error(400, "ExecutionDoesNotExist")
              : Reply.ok(
                  about
                      .put("executionArn", arn(id))
                      .put("stateMachineArn", FaultSimulation.MACHINE)
                      .put("startDate", 1.0)
                      .toString());
        });
  }

  private Reply sendMessage(JsonNode input) {
    String body = input.path("MessageBody").asText();
    String id = id(body);
    return call(
        id,
        "SendMessage",
        () -> {
          work.job(id, body, 30_000);
          return Reply.ok(
              "{\"MessageId\":\"m\",\"MD5OfMessageBody\":\"" + TestDigests.md5(body) + "\"}");
        });
  }

  private Reply invoke(String body) {
    String id = id(body);
    return call(
        id,
        "Invoke",
        () -> {
          work.job(id, body, 60_000);
          return new Reply(202, "", "");
        });
  }

  private Reply takeJob(String body) {
    String id = id(body);
    return call(
        id,
        "TakeJob",
        () -> {
          String known = work.input(id);
          if (known != null && !Work.event(known).equals(Work.event(body))) {
            return Reply.error(422, "OtherEvent");
          }
          if (known == null || !idempotentWorker) {
            work.job(id, body, 10_000);
          }
          String envelope = work.ended(id);
          return envelope == null ? new Reply(202, "", "{}") : Reply.ok(envelope);
        });
  }

  private Reply findJob(String id) {
    return call(
        id,
        "FindJob",
        () -> {
          if (work.input(id) == null) {
            return Reply.error(404, "NotKnown");
          }
          String envelope = work.ended(id);
          return envelope == null ? new Reply(202, "", "{}") : Reply.ok(envelope);
        });
  }

  private String store(String path, String text) {
    String tag = "\"v" + ++versions + "\"";
    objects.put(path, new Stored(text, tag));
    return tag;
  }

  private Reply object(
      String method, String path, String body, boolean ifNew, @Nullable String ifMatch) {
    String id = id(path);
    return switch (method) {
      case "GET" ->
          call(
              id,
              "GetObject",
              () -> {
                Stored found = objects.get(path);
                return found == null
                    ? Reply.error(404, "NoSuchKey")
                    : new Reply(200, "", found.text, found.tag, false);
              });
      case "PUT" ->
          call(
              id,
              "PutObject",
              () -> {
                Stored before = objects.get(path);
                boolean other = ifMatch != null && (before == null || !before.tag.equals(ifMatch));
                if (other || (ifNew && before != null)) {
                  return Reply.error(412, "PreconditionFailed");
                }
                return new Reply(200, "", "", store(path, body), false);
              });
      default -> throw new IllegalStateException("an unknown method: " + method);
    };
  }

  private static String arn(String id) {
    return FaultSimulation.MACHINE.replace(":stateMachine:", ":execution:") + ":" + id;
  }

  private static String id(String text) {
    Matcher found = WORK_ID.matcher(text);
    if (!found.find()) {
      throw new IllegalStateException("no work is named in " + text);
    }
    return found.group();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
