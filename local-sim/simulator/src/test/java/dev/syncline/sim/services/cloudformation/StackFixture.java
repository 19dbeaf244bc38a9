// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import dev.syncline.sim.service.AwsException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** Stacks whose resources are those of two fake services, and a record of the calls to them. */
@Timeout(60)
abstract class StackFixture {
  static final String TWO_GROUPS =
      """
      Description: Two groups
      Parameters:
        Days: {Type: Number, Default: 7, AllowedValues: [1, 7, 14]}
        Name: {Type: String, Default: first}
        Secret: {Type: String, NoEcho: true, Default: hidden}
      Resources:
        Second:
          Type: AWS::Logs::LogGroup
          Properties:
            LogGroupName: !Sub "${First}-second"
        First:
          Type: AWS::Logs::LogGroup
          Properties:
            LogGroupName: !Ref Name
            RetentionInDays: !Ref Days
      Outputs:
        Arn: {Value: !GetAtt Second.Arn, Description: of the second}
      """;

  final List<FakeService.Call> calls = FakeService.callList();
  final FakeService logs =
      new FakeService(
          "logs",
          calls,
          "CreateLogGroup",
          "DeleteLogGroup",
          "PutRetentionPolicy",
          "DeleteRetentionPolicy",
          "TagResource",
          "UntagResource");
  final FakeService s3 = new FakeService("s3", calls, "GetObject");
  final Fixture cfn = new Fixture(logs, s3);

  @AfterEach
  void close() {
    cfn.close();
  }

  List<String> drain() {
    List<String> texts = calls.stream().map(FakeService.Call::toString).toList();
    calls.clear();
    return texts;
  }

  static AwsException thrown(Runnable call) {
    try {
      call.run();
    } catch (AwsException refused) {
      return refused;
    }
    throw new AssertionError("not refused");
  }
}
