// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process.java.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The two calls of the Runtime API that AWS's client for Java makes by its native library: {@code
 * next} and the answer of an invocation. Each thread has its connection. Thread-safe.
 */
final class NativeClient {
  private static final String VERSION = "/2018-06-01/runtime/invocation/";
  private static final int MAX_LINE = 2 * 1024 * 1024;
  private static final ThreadLocal<Connection> CONNECTION = new ThreadLocal<>();

  private static volatile String host = "";
  private static volatile String prefix = "";

  private NativeClient() {}

  /** Sets the address, {@code host:port} or {@code host:port/path}. */
  static void init(String address) {
    int slash = address.indexOf('/');
    host = slash < 0 ? address : address.substring(0, slash);
    prefix = (slash < 0 ? "" : address.substring(slash)) + VERSION;
  }

  /** Waits for the next invocation. */
  static InvocationRequest next() {
    Response response;
    try {
      response = send("GET", "next", new byte[0]);
    } catch (IOException failure) {
      throw new LambdaRuntimeClientException(
          "Failed to get next invocation. No Response from endpoint", -1);
    }
    if (response.status != 200) {
      throw new LambdaRuntimeClientException("Failed to get next.", response.status);
    }
    Map<String, String> headers = response.headers;
    var request = new InvocationRequest();
    request.setId(headers.get("lambda-runtime-aws-request-id"));
    request.setXrayTraceId(headers.get("lambda-runtime-trace-id"));
    request.setInvokedFunctionArn(headers.get("lambda-runtime-invoked-function-arn"));
    request.setDeadlineTimeInMs(
        Long.parseLong(headers.getOrDefault("lambda-runtime-deadline-ms", "0")));
    request.setClientContext(headers.get("lambda-runtime-client-context"));
    request.setCognitoIdentity(headers.get("lambda-runtime-cognito-identity"));
    request.setTenantId(headers.get("lambda-runtime-aws-tenant-id"));
    request.setContent(response.body);
    return request;
  }

  /** Posts an answer. */
  static void postInvocationResponse(byte[] requestId, byte[] answer) {
    String path = new String(requestId, StandardCharsets.UTF_8) + "/response";
    int status;
    try {
      status = send("POST", path, answer).status;
    } catch (IOException failure) {
      status = -1;
    }
    if (status < 200 || status > 299) {
      throw new LambdaRuntimeClientException("Failed to post invocation response.", status);
    }
  }

  private static Response send(String method, String path, byte[] body) throws IOException {
    Connection connection = CONNECTION.get();
    if (connection == null || connection.socket.isClosed()) {
      connection = new Connection(host);
      CONNECTION.set(connection);
    }
    try {
      return connection.exchange(method, prefix + path, host, body);
    } catch (IOException failure) {
      connection.socket.close();
      throw failure;
    }
  }

  /** An answer; header names are in lower case. */
  static final class Response {
    final int status;
    final Map<String, String> headers;
    final byte[] body;

    Response(int status, Map<String, String> headers, byte[] body) {
      this.status = status;
      this.headers = headers;
      this.body = body;
    }
  }

  /** A connection of one thread. */
  static final class Connection {
    final Socket socket;
    private final InputStream in;

    Connection(String address) throws IOException {
      int colon = address.lastIndexOf(':');
      socket =
          new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
    }

    Response exchange(String method, String path, String address, byte[] body) throws IOException {
      var request = new ByteArrayOutputStream(body.length + 512);
      String head = method + " " + path + " HTTP/1.1\r\nHost: " + address + "\r\n";
      if (method.equals("POST")) {
        head += "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n";
      }
      request.writeBytes((head + "\r\n").getBytes(StandardCharsets.UTF_8));
      request.writeBytes(body);
      request.writeTo(socket.getOutputStream());
      String first = line();
      if (first == null) {
        throw new IOException("the Runtime API closed the connection");
      }
      var headers = new TreeMap<String, String>();
      String header = line();
      while (header != null && !header.isEmpty()) {
        int colon = header.indexOf(':');
        headers.put(
            header.substring(0, colon).toLowerCase(Locale.ROOT),
            header.substring(colon + 1).strip());
        header = line();
      }
      int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
      byte[] content = in.readNBytes(length);
      if (content.length < length) {
        throw new IOException("the answer of the Runtime API is cut off");
      }
      return new Response(Integer.parseInt(first.substring(9, 12)), headers, content);
    }

    private @Nullable String line() throws IOException {
      var bytes = new ByteArrayOutputStream(128);
      int next = in.read();
      while (next >= 0 && next != '\n') {
        if (next != '\r') {
          bytes.write(next);
        }
        if (bytes.size() > MAX_LINE) {
          throw new IOException("a header is longer than " + MAX_LINE + " bytes");
        }
        next = in.read();
      }
      return next < 0 && bytes.size() == 0 ? null : bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
