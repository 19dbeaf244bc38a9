// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import dev.syncline.sim.kernel.ClockMode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page of {@code examples/chat}: its code in Node.js, and the page itself in a browser. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChatPageTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WEB = ChatDeployment.EXAMPLE + "web";

  @TempDir private Path scratch = Path.of(".");
  @AutoClose private ChatDeployment chat;

  /** The page's proof of the password has the time of its own clock. */
  @BeforeEach
  void start() throws Exception {
    chat =
        ChatDeployment.start(
            Deployed.config().withClock(new ClockMode.Real()), "ann", "bob", "eve");
  }

  @Test
  void itsCodeSignsInChatsAndRecovers() throws Exception {
    String flag = "--experimental-websocket";
    AwsCli.requireCommand("node");
    Assumptions.assumeTrue(
        node(flag, "-e", "process.exit(globalThis.WebSocket ? 0 : 1)").exitValue() == 0,
        "a Node.js with WebSocket is needed");
    ObjectNode invited = chat.user("new").put("TemporaryPassword", ChatDeployment.PASSWORD);
    chat.call("AdminCreateUser", invited.put("MessageAction", "SUPPRESS"));
    ObjectNode settings =
        JSON.createObjectNode()
            .put("web", Repository.path(WEB).toUri().toString())
            .put("password", ChatDeployment.PASSWORD);
    settings.set("config", chat.config());

    Process run =
        node(
            flag,
            Repository.path("end-to-end/src/test/resources/chat_page.mjs").toString(),
            settings.toString());

    assertThat(run.exitValue()).as(Files.readString(scratch.resolve("errors"))).isZero();
    JsonNode seen = JSON.readTree(scratch.resolve("output").toFile());
    assertThat(seen.at("/wrongPassword/message").asText())
        .isEqualTo("Incorrect username or password.");
    assertThat(seen.at("/temporary/name").asText()).isEqualTo("NEW_PASSWORD_REQUIRED");
    assertThat(seen.path("renewed").asText()).isEqualTo("new");
    assertThat(seen.path("names").toString()).isEqualTo("[\"ann\",\"bob\"]");
    assertThat(seen.path("refreshed").asBoolean()).isTrue();
    assertThat(seen.at("/stranger/message").asText())
        .contains("Not Authorized to access onMessage on type Subscription");
    assertThat(seen.at("/strangerReads/message").asText())
        .isEqualTo("Not Authorized to access messages on type Query");
    assertThat(seen.path("heard").toString()).isEqualTo("[\"ann\",\"hello\",true]");
    assertThat(seen.path("afterLoss").asText()).isEqualTo("still there?");
    assertThat(seen.at("/afterSignOut/message").asText())
        .isEqualTo("Refresh Token has been revoked");
  }

  private Process node(String... arguments) throws Exception {
    Process process =
        new ProcessBuilder(Stream.concat(Stream.of("node"), Stream.of(arguments)).toList())
            .redirectOutput(scratch.resolve("output").toFile())
            .redirectError(scratch.resolve("errors").toFile())
            .start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(
          "Node.js did not end: "
              + Files.readString(scratch.resolve("errors"), StandardCharsets.UTF_8));
    }
    return process;
  }

  @Test
  void twoUsersChatInABrowser() throws Exception {
    Path browserOfThisMachine = Browser.requireInstalled();
    HttpServer site = site();
    try (Browser browser = Browser.start(browserOfThisMachine, scratch.resolve("profile"))) {
      String page = "http://localhost:" + site.getAddress().getPort() + "/";
      Browser.Tab ann = browser.open(page);
      Browser.Tab bob = browser.open(page);

      signIn(ann, "ann", "wrong");
      ann.until(
          "document.getElementById('status').textContent === 'Incorrect username or password.'");
      signIn(ann, "ann", ChatDeployment.PASSWORD);
      signIn(bob, "bob", ChatDeployment.PASSWORD);
      ann.until(text("me", "ann"));
      bob.until(text("me", "bob"));

      ann.set("title", "plans <b>");
      ann.set("members", "bob");
      ann.submit("create");
      bob.until("document.querySelector('#conversations button')?.textContent === 'plans <b>'");
      bob.run("document.querySelector('#conversations button').click()");
      bob.until("document.querySelector('#presence .ONLINE')?.textContent");
      ann.until(text("heading", "plans <b>"));
      ann.set("text", "hello <i>");
      ann.submit("say");
      bob.until("document.querySelector('#messages li')?.textContent === 'ann: hello <i>'");
      bob.set("text", "hi");
      bob.submit("say");
      ann.until("document.getElementById('messages').textContent === 'ann: hello <i>bob: hi'");
      ann.until("document.querySelectorAll('#presence .ONLINE').length === 2");

      bob.run("document.getElementById('sign-out').click()");
      ann.until("document.querySelectorAll('#presence .ONLINE').length === 1");
      bob.until("!document.getElementById('sign-in').hidden");
    } finally {
      site.stop(0);
    }
  }

  private static String text(String id, String wanted) {
    return "document.getElementById('" + id + "').textContent === '" + wanted + "'";
  }

  private static void signIn(Browser.Tab tab, String user, String password) throws Exception {
    tab.until("document.getElementById('username') && document.readyState === 'complete'");
    tab.set("username", user);
    tab.set("password", password);
    tab.submit("sign-in");
  }

  /** The page with its configuration, as the README says. */
  private HttpServer site() throws Exception {
    Path web = Files.createDirectories(scratch.resolve("web"));
    try (Stream<Path> files = Files.list(Repository.path(WEB))) {
      for (Path file : files.toList()) {
        Files.copy(file, web.resolve(file.getFileName().toString()));
      }
    }
    Files.writeString(web.resolve("config.json"), chat.config().toString());
    HttpServer site =
        SimpleFileServer.createFileServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            web.toAbsolutePath().normalize(),
            SimpleFileServer.OutputLevel.NONE);
    site.start();
    return site;
  }
}
