// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.simulator.SimulatorConfig;
import dev.syncline.sim.testing.AwsCli;
import dev.syncline.sim.testing.WholeSimulator;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Function URLs with {@code AWS_IAM}, signed by botocore, and streams as boto3 reads them. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SignedUrlTest {
  private static final String SCRIPT =
      """
      import os, urllib.error, urllib.request
      from botocore.auth import SigV4Auth, SigV4QueryAuth
      from botocore.awsrequest import AWSRequest
      from botocore.credentials import Credentials

      lam, sts, iam = client('lambda'), client('sts'), client('iam')
      url = lam.create_function_url_config(FunctionName='f', AuthType='AWS_IAM')['FunctionUrl']
      base = os.environ['ENDPOINT'] + '/_aws/lambda-url/' + url.split('//')[1].split('.')[0]

      def send(path, credentials, data=None, auth=SigV4Auth, region='us-east-1', spoil=False, service='lambda'):
          request = AWSRequest(method='POST' if data else 'GET', url=base + path, data=data)
          if credentials:
              auth(credentials, service, region).add_auth(request)
          body = b'other' if spoil else data
          try:
              answer = urllib.request.urlopen(urllib.request.Request(
                  request.url, headers=dict(request.headers), data=body, method=request.method))
          except urllib.error.HTTPError as refused:
              answer = refused
          return answer.status, answer.headers.get('x-amzn-ErrorType'), answer.read().decode()

      known = Credentials('test', 'test')
      trust = json.dumps({'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow',
          'Principal': {'AWS': '*'}, 'Action': 'sts:AssumeRole'}]})
      role = iam.create_role(RoleName='caller', AssumeRolePolicyDocument=trust)['Role']['Arn']
      issued = sts.assume_role(RoleArn=role, RoleSessionName='session')['Credentials']
      session = Credentials(issued['AccessKeyId'], issued['SecretAccessKey'], issued['SessionToken'])
      without_token = Credentials(issued['AccessKeyId'], issued['SecretAccessKey'])
      results = {
          'unsigned': send('/', None),
          'signed': send('/a%20b/c%2Fd?x=1&y=a%20b&x=0', known),
          'body': send('/', known, b'{"b": 1}'),
          'query': send('/q?a=1', known, auth=SigV4QueryAuth),
          'spoiled': send('/', known, b'{"b": 1}', spoil=True),
          'wrong': send('/', Credentials('test', 'other')),
          'unknown': send('/', Credentials('AKIAUNKNOWN', 'x')),
          'region': send('/', known, region='eu-west-1'),
          'service': send('/', known, service='execute-api'),
          'role': send('/', session),
          'token': send('/', without_token),
      }
      lam.add_permission(FunctionName='f', StatementId='role', Principal=role,
          Action='lambda:InvokeFunctionUrl', FunctionUrlAuthType='AWS_IAM')
      lam.add_permission(FunctionName='f', StatementId='second', Principal=role,
          Action='lambda:InvokeFunction', InvokedViaFunctionUrl=True)
      results['granted'] = send('/', session)
      lam.remove_permission(FunctionName='f', StatementId='role')
      lam.remove_permission(FunctionName='f', StatementId='second')
      iam.put_role_policy(RoleName='caller', PolicyName='p', PolicyDocument=json.dumps({'Statement': [{
          'Effect': 'Allow', 'Action': ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'], 'Resource': '*'}]}))
      results['own'] = send('/', session)
      stream = lam.invoke_with_response_stream(FunctionName='f', Payload=b'"fail"')
      results['failed'] = [event for event in stream['EventStream']]
      print(json.dumps(results))
      """;

  @TempDir Path work;

  @Test
  void requestsNeedASignatureAndAPermission() throws Exception {
    AwsCli.assumeBoto3();
    SimulatorConfig config =
        SimulatorConfig.defaults(work.resolve("work"))
            .withPort(0, -1)
            .withClock(new ClockMode.Real())
            .withExecutor(FunctionExecutor.IN_PROCESS, 20)
            .withProactive(false);
    try (var aws = new WholeSimulator(config)) {
      aws.function(
          "f",
          "",
          event -> {
            if (event.asText().equals("fail")) {
              throw new IllegalStateException("as asked");
            }
            return event.toString();
          });
      JsonNode results =
          new AwsCli(aws.simulator.endpoint().toString(), "us-east-1", work).python(SCRIPT).json();

      for (String allowed : new String[] {"signed", "body", "query", "granted", "own"}) {
        assertThat(results.at("/" + allowed + "/0").asInt()).as(allowed).isEqualTo(200);
      }
      assertThat(results.at("/signed/2").asText())
          .contains("\"rawPath\":\"/a%20b/c%2Fd\"", "\"accessKey\":\"test\"", "111111111111");
      assertThat(results.at("/granted/2").asText()).contains("assumed-role/caller/session");
      refused(results, "unsigned", "AccessDeniedException");
      refused(results, "spoiled", "InvalidSignatureException");
      refused(results, "wrong", "InvalidSignatureException");
      refused(results, "unknown", "UnrecognizedClientException");
      refused(results, "region", "InvalidSignatureException");
      refused(results, "service", "InvalidSignatureException");
      refused(results, "role", "AccessDeniedException");
      refused(results, "token", "ExpiredTokenException");
      assertThat(results.at("/failed/0/InvokeComplete/ErrorCode").asText()).isEqualTo("Unhandled");
      assertThat(results.at("/failed/0/InvokeComplete/ErrorDetails").asText()).contains("as asked");
    }
  }

  private static void refused(JsonNode results, String name, String type) {
    assertThat(results.at("/" + name + "/0").asInt()).as(name).isEqualTo(403);
    assertThat(results.at("/" + name + "/1").asText()).as(name).isEqualTo(type);
  }
}
