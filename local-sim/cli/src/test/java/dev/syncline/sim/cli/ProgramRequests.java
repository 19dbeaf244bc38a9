// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import static dev.syncline.sim.cli.Row.CROSS;
import static dev.syncline.sim.cli.Row.END;
import static dev.syncline.sim.cli.Row.EVIL;
import static dev.syncline.sim.cli.Row.FORM;
import static dev.syncline.sim.cli.Row.HOME;
import static dev.syncline.sim.cli.Row.SCOPE;
import static dev.syncline.sim.cli.Row.TEXT;
import static dev.syncline.sim.cli.Row.UPGRADE;
import static dev.syncline.sim.cli.Row.row;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Requests of programs and permitted pages, and their answers. */
final class ProgramRequests {
  private ProgramRequests() {}

  static Stream<Arguments> programs() {
    String signed =
        "Authorization: AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/%s/aws4_request,"
            + " SignedHeaders=host, Signature=0";
    String identity = "GET /?Action=GetCallerIdentity&Version=2011-06-15";
    String secret = "{\"SecretId\":\"s\"}";
    String target = "X-Amz-Target: secretsmanager.GetSecretValue";
    String fault =
        "{\"place\":\"call\",\"fault\":\"refuse\",\"status\":503,\"errorType\":\"E\",\"when\":{\"service\":\"nothing\"}}";
    return Stream.of(
        arguments("curl", row(200, "GET /_syncline/status", "", HOME)),
        arguments("localhost", row(200, "GET /_syncline/status", "", "Host: localhost:{port}")),
        arguments("without a port", row(200, "GET /_syncline/status", "", "Host: LOCALHOST")),
        arguments("a final dot", row(200, "GET /_syncline/status", "", "Host: localhost.:{port}")),
        arguments("IPv6", row(200, "GET /_syncline/status", "", "Host: [::1]:{port}")),
        arguments(
            "another loopback address",
            row(200, "GET /_syncline/status", "", "Host: 127.1.2.3:{port}")),
        arguments(
            "a name below localhost",
            row(200, "GET /_syncline/status", "", "Host: syncline.localhost:{port}")),
        arguments(
            "an address typed into a browser",
            row(
                200,
                "GET /_syncline/status",
                "",
                HOME,
                "Sec-Fetch-Site: none",
                "Sec-Fetch-Mode: navigate")),
        arguments(
            "a page of the simulator's own",
            row(
                200,
                "POST /_syncline/issuer/token",
                "{}",
                HOME,
                "Origin: {scheme}://127.0.0.1:{port}",
                "Sec-Fetch-Site: same-origin")),
        arguments(
            "a token for a program",
            row(
                200,
                "POST /_syncline/issuer/token",
                "{\"userPoolId\":\"us-east-1_a\"}",
                HOME,
                FORM)),
        arguments(
            "the issuer's keys", row(200, "GET /_syncline/issuer/.well-known/jwks.json", "", HOME)),
        arguments("a fault from curl -d", row(201, "POST /_syncline/faults", fault, HOME, FORM)),
        arguments(
            "Node's fetch", row(200, "GET /_syncline/status", "", HOME, "Sec-Fetch-Mode: cors")),
        arguments(
            "an SDK",
            row(
                200,
                "POST /",
                secret,
                HOME,
                target,
                "Content-Type: application/x-amz-json-1.1",
                signed.formatted("secretsmanager"))),
        arguments(
            "an SDK at a host of AWS",
            row(200, "POST /", secret, "Host: secretsmanager.us-east-1.amazonaws.com", target)),
        arguments(
            "restJson without a content type",
            row(200, "GET /2015-03-31/functions", "", HOME, signed.formatted("lambda"))),
        arguments(
            "restJson from curl --aws-sigv4 -d",
            row(400, "POST /2015-03-31/functions", "{}", HOME, FORM, signed.formatted("lambda"))),
        arguments(
            "restJson with a presigned URL",
            row(
                400,
                "POST /2015-03-31/functions?" + SCOPE + "lambda" + END,
                "{}",
                HOME,
                "Content-Type: application/json")),
        arguments("a presigned identity", row(200, identity + "&" + SCOPE + "sts" + END, "", HOME)),
        arguments(
            "a presigned identity at its host",
            row(
                200,
                identity + "&" + SCOPE + "sts" + END,
                "",
                "Host: sts.us-east-1.amazonaws.com")),
        arguments(
            "a query by POST",
            row(200, "POST /", "Action=ListStacks&Version=2010-05-15", HOME, FORM)),
        arguments(
            "a query by GET", row(200, "GET /?Action=ListStacks&Version=2010-05-15", "", HOME)),
        arguments("an object", row(200, "GET /bucket/k", "", HOME, signed.formatted("s3"))),
        arguments(
            "an object at the bucket's host",
            row(200, "GET /k", "", "Host: bucket.s3.us-east-1.amazonaws.com")),
        arguments(
            "an object at the global host",
            row(200, "GET /k", "", "Host: bucket.s3.amazonaws.com")),
        arguments(
            "an object at a local host",
            row(200, "GET /k", "", "Host: bucket.s3.localhost:{port}", signed.formatted("s3"))),
        arguments(
            "an object with any content type",
            row(200, "PUT /bucket/n", "x", HOME, TEXT, signed.formatted("s3"))),
        arguments(
            "another region, as before",
            row(
                400,
                "POST /",
                "{}",
                "Host: secretsmanager.eu-west-1.amazonaws.com",
                target.replace("secretsmanager.", "nothing."))),
        arguments(
            "a deployed API from any page",
            row(200, "GET /restapis/{rest}/dev/_user_request_/", "", HOME, EVIL, CROSS)),
        arguments(
            "a deployed API at its host",
            row(
                200,
                "GET /dev/",
                "",
                "Host: {rest}.execute-api.us-east-1.amazonaws.com",
                EVIL,
                CROSS)),
        arguments(
            "an Event API's preflight",
            row(
                200,
                "OPTIONS /event",
                "",
                "Host: {events}",
                EVIL,
                CROSS,
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: x-api-key")),
        arguments(
            "an Event API's preflight here",
            row(
                200,
                "OPTIONS /event",
                "",
                HOME,
                EVIL,
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: x-api-key")),
        arguments(
            "an Event API at its host",
            row(
                200,
                "POST /event",
                "{\"channel\":\"/default/c\",\"events\":[\"1\"]}",
                "Host: {events}",
                EVIL,
                CROSS,
                "X-Api-Key: {key}",
                "Content-Type: application/json")),
        arguments(
            "an Event API's WebSocket from Python",
            row(
                101,
                "GET /event/realtime",
                "",
                HOME,
                "Origin: {scheme}://127.0.0.1:{port}",
                UPGRADE)),
        arguments(
            "an allowed page",
            row(
                200,
                "POST /",
                secret,
                HOME,
                "Origin: http://localhost:5173",
                "Sec-Fetch-Site: same-site",
                target)),
        arguments(
            "an image in an allowed page",
            row(
                200,
                "GET /bucket/k?AWSAccessKeyId=stranger&Signature=x&Expires=99999999999",
                "",
                HOME,
                "Referer: http://localhost:5173/page",
                CROSS)),
        arguments(
            "an image in another page",
            row(
                403,
                "GET /bucket/k?AWSAccessKeyId=stranger&Signature=x&Expires=99999999999",
                "",
                HOME,
                "Referer: http://localhost:5173.evil.example/",
                CROSS)),
        arguments(
            "an allowed host",
            row(200, "GET /_syncline/status", "", "Host: host.docker.internal:{port}")));
  }
}
