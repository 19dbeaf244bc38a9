// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.common;

import dev.syncline.sim.events.AuthRequest;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.RequestSigner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads callers from requests. */
public final class Callers {
  /** In no header, or two servers in a row could take it for two: the port refuses it. */
  private static final String SEPARATOR = "\n";

  private Callers() {}

  /** The caller of a request, valid while the request is handled. */
  public static AuthRequest.Caller of(HttpRequest request) {
    return new Shown(request.remoteAddress(), request.rawPath(), request::headers);
  }

  /** The caller of a request whose method and query are signed, valid while it is handled. */
  public static AuthRequest.Caller ofSigned(HttpRequest request) {
    return new Signed(of(request), request);
  }

  /**
   * The caller of a connection: all its headers are stored as one text, in a quarter of the memory.
   */
  public static AuthRequest.Caller ofConnection(HttpRequest upgrade) {
    String packed = pack(upgrade.headers());
    return new Shown(upgrade.remoteAddress(), upgrade.rawPath(), () -> unpack(packed));
  }

  private static String pack(Headers headers) {
    return headers.entries().stream()
        .flatMap(header -> Stream.of(header.getKey(), header.getValue()))
        .collect(Collectors.joining(SEPARATOR));
  }

  private static Headers unpack(String packed) {
    return packed.isEmpty() ? Headers.EMPTY : Headers.of(packed.split(SEPARATOR, -1));
  }

  private record Signed(AuthRequest.Caller caller, HttpRequest request)
      implements AuthRequest.Caller {
    @Override
    public String sourceIp() {
      return caller.sourceIp();
    }

    @Override
    public String path() {
      return caller.path();
    }

    @Override
    public String signedMethod() {
      return request.method();
    }

    @Override
    public String signedQuery() {
      return request.query().stream()
          .map(parameter -> RequestSigner.query(List.of(parameter)))
          .sorted()
          .collect(Collectors.joining("&"));
    }

    @Override
    public Map<String, String> headers() {
      return caller.headers();
    }

    @Override
    public Map<String, List<String>> repeated() {
      return caller.repeated();
    }
  }

  private record Shown(String sourceIp, String path, Supplier<Headers> shown)
      implements AuthRequest.Caller {
    @Override
    public Map<String, String> headers() {
      return shown.get().byName();
    }

    @Override
    public Map<String, List<String>> repeated() {
      Headers all = shown.get();
      var repeated = new HashMap<String, List<String>>();
      for (String name : all.byName().keySet()) {
        List<String> values = all.all(name);
        if (values.size() > 1) {
          repeated.put(name, values);
        }
      }
      return repeated;
    }
  }
}
