// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Sends one request and returns its result, without retries. Thread-safe. */
final class PublishTransport implements AutoCloseable {
  // The service's response has at most five short entries.
  private static final int MAX_ANSWER_BYTES = 256 * 1024;
  private static final TimeValue VALIDATE_AFTER = TimeValue.of(500, TimeUnit.MILLISECONDS);

  private final URI uri;
  private final String host;
  private final CloseableHttpClient client;

  PublishTransport(PublisherConfig config) {
    this.uri = config.endpoint().publishUri();
    this.host = config.endpoint().httpHost();
    Timeout connect = Timeout.of(config.connectTimeout());
    Timeout response = Timeout.of(config.responseTimeout());
    this.client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(config.maxConnections())
                    .setMaxConnPerRoute(config.maxConnections())
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(connect)
                            .setSocketTimeout(response)
                            // After a freeze, the service has closed the connections.
                            .setValidateAfterInactivity(VALIDATE_AFTER)
                            .build())
                    .build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setResponseTimeout(response)
                    .setConnectionRequestTimeout(Timeout.ofMinutes(1))
                    .build())
            .setUserAgent("syncline-publisher")
            // The publisher retries. The client's retries would multiply them and hide the failed
            // indexes.
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .build();
  }

  PublishResponse send(byte[] body, Credential credential) {
    HttpPost request = new HttpPost(uri);
    // The API's own host, even with an override, because it identifies the API.
    request.setHeader(HttpHeaders.HOST, host);
    credential.publishHeaders(host, body).forEach(request::setHeader);
    request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
    try {
      return client.execute(request, PublishTransport::read);
    } catch (IOException e) {
      return new PublishResponse.Unreachable(e);
    }
  }

  private static PublishResponse read(ClassicHttpResponse response) throws IOException {
    HttpEntity entity = response.getEntity();
    byte[] body = new byte[0];
    if (entity != null) {
      try (InputStream in = entity.getContent()) {
        body = in.readNBytes(MAX_ANSWER_BYTES);
      }
    }
    return PublishResponseReader.read(response.getCode(), body);
  }

  @Override
  public void close() {
    client.close(CloseMode.GRACEFUL);
  }
}
