// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.port.PortServer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Prints the path of a simulator's certificate authority and how clients trust it. It is the
 * authority of the running simulator or, if no simulator runs, the one that the next start on the
 * port will use; it is created if it does not exist.
 */
@Command(
    name = "ca",
    description = {
      "Print the path of the local certificate authority and how to trust it.",
      "Nothing is changed on this machine. The simulator's certificate is for localhost,"
          + " 127.0.0.1, ::1 and the host names of AWS in its region."
    })
final class CaCommand extends ClientCommand {
  /** The placeholder of the file in commands that are shown to people. */
  private static final String QUOTE = "'";

  @Option(names = "--path", description = "Print the path only.")
  private boolean pathOnly;

  @Option(
      names = "--work-directory",
      paramLabel = "DIR",
      description = "The work directory of 'up', if it is not the default.")
  private @Nullable Path workDirectory;

  @Override
  public Integer call() {
    Home home = Home.ofUser();
    List<Home.Running> running = home.running();
    int port = port(running);
    JsonNode status =
        running.stream().anyMatch(one -> one.port() == port)
            ? new AdminClient(port).status()
            : CliJson.object();
    Path file = file(home, port, status);
    PrintWriter out = out();
    if (pathOnly) {
      out.println(file);
    } else {
      out.print(text(file, status.path("tlsPort").asInt(UpCommand.tlsPortFor(port))));
    }
    out.flush();
    return 0;
  }

  private Path file(Home home, int port, JsonNode status) {
    if (workDirectory != null) {
      return authority(workDirectory.toAbsolutePath());
    }
    if (!status.isEmpty()) {
      return Optional.ofNullable(status.path("caFile").textValue())
          .map(Path::of)
          .orElseThrow(
              () ->
                  new Failure(
                      "the simulator on port " + port + " was started without TLS (--tls-port)"));
    }
    return authority(home.workDirectory(port).toAbsolutePath());
  }

  private static Path authority(Path directory) {
    try {
      return PortServer.authority(directory);
    } catch (IllegalStateException unusable) {
      throw new Failure(Failure.reason(unusable));
    }
  }

  private static String text(Path file, int tlsPort) {
    String quoted = QUOTE + file + QUOTE;
    return """
    The local certificate authority: %1$s

    Trust it for one program only; nothing has to be installed:
      curl, git        curl --cacert %2$s https://localhost:%3$s/
      AWS CLI, boto3   export AWS_CA_BUNDLE=%2$s
      Python requests  export REQUESTS_CA_BUNDLE=%2$s
      Node.js, Amplify export NODE_EXTRA_CA_CERTS=%2$s
      Go, OpenSSL      export SSL_CERT_FILE=%2$s   (in place of the system's authorities)
      Java             keytool -importcert -noprompt -alias syncline -file %2$s \\
                         -keystore syncline.p12 -storetype PKCS12 -storepass changeit
                       java -Djavax.net.ssl.trustStore=syncline.p12 \\
                         -Djavax.net.ssl.trustStorePassword=changeit ...

    Browsers take the system's authorities, or have a list of their own:
      Firefox          Settings, Certificates, Authorities, Import
      macOS            security add-trusted-cert -k ~/Library/Keychains/login.keychain-db %2$s
      Windows          certutil -user -addstore Root %2$s
      Debian, Ubuntu   sudo cp %2$s /usr/local/share/ca-certificates/syncline.crt
                       sudo update-ca-certificates
      Chrome on Linux  certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n syncline -i %2$s

    Its key lies beside it, readable by you only. Who has the key can pose as any host to a
    client that trusts the authority: do not share it, and remove the trust when done.
    """
        .formatted(file, quoted, tlsPort);
  }
}
