// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import static dev.syncline.sim.cli.Row.CREATE_FUNCTION;
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

/** Harmful requests of a page in a browser, with the headers that the browser adds. */
final class BrowserAttacks {
  private BrowserAttacks() {}

  static Stream<Arguments> attacks() {
    String function = "POST /2015-03-31/functions?" + SCOPE + "lambda" + END;
    String stack = "&Version=2010-05-15&StackName=keep";
    String secret = "{\"SecretId\":\"s\"}";
    String target = "X-Amz-Target: secretsmanager.GetSecretValue";
    String json = "Content-Type: application/x-amz-json-1.1";
    String rebound = "Host: evil.example:{port}";
    return Stream.of(
        arguments(
            "a function by fetch without CORS",
            row(403, function, CREATE_FUNCTION, HOME, EVIL, CROSS, TEXT)),
        arguments(
            "a function by a page without an origin",
            row(403, function, CREATE_FUNCTION, HOME, "Origin: null", CROSS, TEXT)),
        arguments(
            "a function by a browser without Sec-Fetch-Site",
            row(403, function, CREATE_FUNCTION, HOME, EVIL, TEXT)),
        arguments(
            "a function by a browser that says nothing",
            row(403, function, CREATE_FUNCTION, HOME, TEXT)),
        arguments(
            "a function in a multipart form",
            row(
                403,
                function,
                CREATE_FUNCTION,
                HOME,
                "Content-Type: Multipart/Form-Data; boundary=x")),
        arguments("a function in a Blob without a type", row(403, function, CREATE_FUNCTION, HOME)),
        arguments(
            "a function by a page of another local port",
            row(
                403,
                function,
                CREATE_FUNCTION,
                HOME,
                "Origin: http://localhost:3000",
                "Sec-Fetch-Site: same-site",
                TEXT)),
        arguments(
            "a function by a page of another local name",
            row(403, function, CREATE_FUNCTION, HOME, "Origin: {scheme}://localhost:{port}", TEXT)),
        arguments(
            "a function by a page of the other scheme",
            row(403, function, CREATE_FUNCTION, HOME, "Origin: ftp://127.0.0.1:{port}", TEXT)),
        arguments(
            "two origins, one of them good",
            row(
                403,
                function,
                CREATE_FUNCTION,
                HOME,
                "Origin: {scheme}://127.0.0.1:{port}",
                EVIL,
                "Content-Type: application/json")),
        arguments(
            "the preflight of a function",
            row(
                403,
                "OPTIONS /2015-03-31/functions",
                "",
                HOME,
                EVIL,
                CROSS,
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: authorization,x-amz-target")),
        arguments(
            "an image that deletes a stack",
            row(
                403,
                "GET /?Action=DeleteStack" + stack,
                "",
                HOME,
                CROSS,
                "Sec-Fetch-Dest: image",
                "Sec-Fetch-Mode: no-cors")),
        arguments(
            "an image of a browser that says nothing",
            row(403, "GET /?Action=DeleteStack" + stack, "", HOME)),
        arguments(
            "the same with HEAD", row(403, "HEAD /?Action=DeleteStack" + stack, "", HOME, CROSS)),
        arguments(
            "an image that creates a stack",
            row(
                403,
                "GET /?Action=CreateStack&Version=2010-05-15&StackName=img&TemplateBody=%7B%7D",
                "",
                HOME)),
        arguments(
            "an image that assumes a role",
            row(
                403,
                "GET /?Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::111111111111:role/r&RoleSessionName=xx",
                "",
                HOME)),
        arguments(
            "an image with a scope",
            row(
                403,
                "GET /?Action=DeleteStack" + stack + "&" + SCOPE + "cloudformation" + END,
                "",
                HOME)),
        arguments(
            "an image that is signed for nobody",
            row(
                403,
                "GET /?Action=DeleteAlarms&Version=2010-08-01&AlarmNames.member.1=a",
                "",
                HOME)),
        arguments(
            "a link",
            row(
                403,
                "GET /?Action=ListStacks&Version=2010-05-15",
                "",
                HOME,
                CROSS,
                "Sec-Fetch-Mode: navigate",
                "Sec-Fetch-Dest: document")),
        arguments(
            "a form", row(403, "POST /", "Action=DeleteStack" + stack, HOME, EVIL, CROSS, FORM)),
        arguments(
            "a form of a file or a sandbox",
            row(403, "POST /", "Action=DeleteStack" + stack, HOME, "Origin: null", FORM)),
        arguments(
            "a form that shuts down",
            row(403, "POST /_syncline/shutdown", "", HOME, EVIL, CROSS, FORM)),
        arguments(
            "a fault",
            row(
                403,
                "POST /_syncline/faults",
                "{\"place\":\"call\",\"fault\":\"throttle\"}",
                HOME,
                EVIL,
                TEXT)),
        arguments(
            "the journal in an image", row(403, "GET /_syncline/journal?since=0", "", HOME, CROSS)),
        arguments(
            "a token of any user",
            row(
                403,
                "POST /_syncline/issuer/token",
                "{\"userPoolId\":\"us-east-1_a\"}",
                HOME,
                EVIL,
                CROSS,
                TEXT)),
        arguments(
            "the status after rebinding",
            row(403, "GET /_syncline/status", "", rebound, "Sec-Fetch-Site: same-origin")),
        arguments(
            "the journal after rebinding", row(403, "GET /_syncline/journal?since=0", "", rebound)),
        arguments(
            "a secret after rebinding",
            row(
                403,
                "POST /",
                secret,
                rebound,
                "Origin: {scheme}://evil.example:{port}",
                "Sec-Fetch-Site: same-origin",
                target,
                json)),
        arguments(
            "a token after rebinding",
            row(
                403,
                "POST /_syncline/issuer/token",
                "{}",
                rebound,
                "Origin: {scheme}://evil.example:{port}")),
        arguments(
            "a deployed API after rebinding",
            row(403, "GET /restapis/{rest}/dev/_user_request_/", "", rebound)),
        arguments(
            "an API host that is not AWS's",
            row(403, "GET /dev/", "", "Host: {rest}.execute-api.evil.example:{port}")),
        arguments(
            "an Event API after rebinding",
            row(403, "POST /event", "{}", rebound, "X-Api-Key: {key}")),
        arguments(
            "a WebSocket after rebinding", row(403, "GET /event/realtime", "", rebound, UPGRADE)),
        arguments(
            "a WebSocket of GraphQL after rebinding",
            row(403, "GET /graphql/realtime", "", rebound, UPGRADE)),
        arguments(
            "a WebSocket to the admin endpoint",
            row(403, "GET /_syncline/status", "", HOME, EVIL, UPGRADE)),
        arguments(
            "a WebSocket to a service",
            row(
                403,
                "GET /2015-03-31/functions?" + SCOPE + "lambda" + END,
                "",
                HOME,
                EVIL,
                UPGRADE)),
        arguments(
            "an object in an image",
            row(403, "GET /bucket/k?" + SCOPE + "s3" + END, "", HOME, CROSS)),
        arguments(
            "objects deleted by fetch without CORS",
            row(
                403,
                "POST /bucket?delete&" + SCOPE + "s3" + END,
                "<Delete><Object><Key>k</Key></Object></Delete>",
                HOME,
                EVIL,
                CROSS,
                TEXT)));
  }
}
