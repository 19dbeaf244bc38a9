// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.http.Access;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.Loopback;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Refuses requests that a web page in the user's browser sends without the user's knowledge. A
 * client of the port can run code, so a page must not be one.
 *
 * <ul>
 *   <li>{@code Host} must name this machine or a served host. A page whose DNS name was changed to
 *       this machine's address (DNS rebinding) sends its own name.
 *   <li>A page of another origin, by {@code Origin} or {@code Sec-Fetch-Site} (W3C Fetch Metadata),
 *       is refused except at endpoints of {@link Access#WEB_PAGES}, and where a service's {@link
 *       dev.syncline.sim.service.http.PageRules} open a request to it.
 *   <li>Endpoints of {@link Access#LOCAL_PROGRAMS} answer connections from this machine only, and
 *       not those of functions, because a request may make a function's code fetch an address.
 * </ul>
 *
 * <p>Programs do not send these headers, and a page cannot omit or change them. Thread-safe.
 */
public final class Guard {
  private static final Set<String> OWN_SITE = Set.of("none", "same-origin");
  private static final Set<String> FORM_TYPES =
      Set.of("application/x-www-form-urlencoded", "multipart/form-data", "text/plain");
  private static final int MAX_SHOWN = 100;

  private final Predicate<String> served;
  private final GuardSettings settings;

  /** A host that was good stays so: services and settings do not change after the start. */
  private volatile String lastGoodHost = "";

  /**
   * A guard.
   *
   * @param served whether a host name in lower case is one of AWS's that is answered here
   */
  Guard(Predicate<String> served, GuardSettings settings) {
    this.served = served;
    this.settings = settings;
  }

  /**
   * The ports at both ends of a connection, as the server sees it; 0 for a request without a
   * connection.
   */
  record Connection(int clientPort, int serverPort) {
    static final Connection NONE = new Connection(0, 0);
  }

  /** Why the request is refused; empty if it is allowed. */
  Optional<String> fault(HttpRequest request, Connection connection, Access access) {
    Optional<String> host = hostFault(request);
    if (host.isPresent()) {
      return host;
    }
    if (access == Access.LOCAL_PROGRAMS && !Loopback.isAddress(request.remoteAddress())) {
      return Optional.of(request.rawPath() + " answers programs of this machine only.");
    }
    if (access == Access.WEB_PAGES) {
      return Optional.empty();
    }
    Optional<String> page = pageFault(request);
    return page.isEmpty()
            && access == Access.LOCAL_PROGRAMS
            && connection.clientPort() > 0
            && settings.functions().isFunction(connection.clientPort(), connection.serverPort())
        ? Optional.of(notForFunctions(request))
        : page;
  }

  /** The error for a task or a function that calls the simulator's own endpoints. */
  static String notForFunctions(HttpRequest request) {
    return request.rawPath()
        + " answers programs of this machine only, not tasks and functions of the simulator.";
  }

  /** Why the request's {@code Host} is refused; empty if it is allowed. */
  Optional<String> hostFault(HttpRequest request) {
    List<String> hosts = request.headers().all("host");
    if (hosts.size() != 1) {
      return Optional.of("A request needs one Host header, and has " + hosts.size() + ".");
    }
    String host = hosts.getFirst();
    if (host.equals(lastGoodHost)) {
      return Optional.empty();
    }
    Optional<Authority> at = Authority.parse(host);
    if (at.isEmpty()) {
      return Optional.of("The Host header '" + shown(host) + "' is not a host name.");
    }
    String name = at.get().name();
    if (isOwnName(name) || served.test(name)) {
      lastGoodHost = host;
      return Optional.empty();
    }
    if (name.endsWith(".amazonaws.com")) {
      return Optional.of(
          "The Host header names '"
              + shown(host)
              + "', which is not the host of a service that the simulator supports.");
    }
    return Optional.of(
        "The Host header names '"
            + shown(host)
            + "', which is not this machine and not a host that the simulator serves: web pages"
            + " could reach it by such a name. If the name is yours, start the simulator with"
            + " --allow-origin http://"
            + shown(host)
            + " (in Java SimulatorConfig.withAllowedOrigins).");
  }

  /**
   * Whether the request's {@code Host} names the simulator itself, not a host of AWS. Its own
   * endpoints exist only at that host: at other hosts their paths belong to AWS, for example as a
   * key in a bucket.
   */
  boolean isForSimulator(HttpRequest request) {
    return Authority.parse(request.headers().first("host").orElse(""))
        .filter(at -> isOwnName(at.name()))
        .isPresent();
  }

  private boolean isOwnName(String name) {
    if (Loopback.isName(name)
        || settings.allowedOrigins().stream().anyMatch(origin -> origin.host().equals(name))) {
      return true;
    }
    InetAddress address = settings.address();
    if (address.isLoopbackAddress() || !Loopback.isLiteral(name) || name.equals("0.0.0.0")) {
      return false;
    }
    // A server on all addresses accepts every IP address as Host. This is safe: DNS rebinding needs
    // a name, not an address.
    return address.isAnyLocalAddress()
        || name.equals(address.getHostAddress())
        || name.equals("[" + address.getHostAddress() + "]");
  }

  private Optional<String> pageFault(HttpRequest request) {
    List<String> origins = request.headers().all("origin");
    boolean allowed = allowedOrigin(request).isPresent();
    if (!origins.isEmpty() && !allowed && !isOwnPage(request, origins)) {
      return Optional.of(
          refusedPage(origins.size() == 1 ? origins.getFirst() : origins.toString()));
    }
    boolean crossSite =
        request.headers().all("sec-fetch-site").stream().anyMatch(site -> !OWN_SITE.contains(site));
    if (crossSite && !allowed && !allowedReferer(request)) {
      return Optional.of(refusedPage(""));
    }
    return Optional.empty();
  }

  private static boolean isOwnPage(HttpRequest request, List<String> origins) {
    Optional<Authority> at = Authority.parse(request.headers().first("host").orElse(""));
    return origins.size() == 1
        && at.isPresent()
        && Origin.read(origins.getFirst())
            .filter(origin -> origin.isAt(at.get(), request.secure()))
            .isPresent();
  }

  /** The origin of the calling page where it may call everything. */
  Optional<Origin> allowedOrigin(HttpRequest request) {
    List<String> origins = request.headers().all("origin");
    return origins.size() == 1
        ? Origin.read(origins.getFirst()).filter(settings.allowedOrigins()::contains)
        : Optional.empty();
  }

  /**
   * A request for an image or a link has no Origin; a page cannot set Referer to another origin.
   */
  private boolean allowedReferer(HttpRequest request) {
    return request.headers().all("origin").isEmpty()
        && request
            .headers()
            .first("referer")
            .flatMap(Origin::ofPage)
            .filter(settings.allowedOrigins()::contains)
            .isPresent();
  }

  /**
   * Refuses a JSON call that any page could have sent without a preflight: a POST with the content
   * type of a form and without a header that only programs set. Browsers before 2020 sent such
   * requests without {@code Origin}.
   *
   * @throws AwsException for such a call
   */
  void requireProgram(HttpRequest request) {
    if (!request.method().equals("POST")
        || !isOfForm(request.headers().first("content-type").orElse(""))
        || request.headers().entries().stream().anyMatch(Guard::isOfProgram)) {
      return;
    }
    throw new AwsException(
        "AccessDeniedException",
        403,
        "The request has no Authorization header and no JSON content type, like a request of a web"
            + " page; send Content-Type: application/json.");
  }

  /** A content type that a page may send to any site (the Fetch standard's safelist). */
  private static boolean isOfForm(String contentType) {
    int end = contentType.indexOf(';');
    String type = (end < 0 ? contentType : contentType.substring(0, end)).strip();
    return type.isEmpty() || FORM_TYPES.contains(type.toLowerCase(Locale.ROOT));
  }

  private static boolean isOfProgram(Map.Entry<String, String> header) {
    String name = header.getKey().toLowerCase(Locale.ROOT);
    return name.equals("authorization") || name.startsWith("x-amz-") || name.startsWith("amz-sdk-");
  }

  private static String refusedPage(String origin) {
    boolean named = Origin.read(origin).isPresent();
    return "A web page"
        + (origin.isEmpty() ? " of another site" : " of the origin '" + shown(origin) + "'")
        + " may not call this. If the page is yours, start the simulator with --allow-origin "
        + (named ? shown(origin) : "and the page's origin, such as http://localhost:5173")
        + " (in Java SimulatorConfig.withAllowedOrigins).";
  }

  /** A text of a request, shortened for messages. */
  static String shown(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
  }
}
