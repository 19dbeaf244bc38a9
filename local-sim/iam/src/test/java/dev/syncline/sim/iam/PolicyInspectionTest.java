// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.iam.PolicyInspection.Place;
import dev.syncline.sim.iam.PolicyInspection.Position;
import org.junit.jupiter.api.Test;

/** Places as in AWS's published example and in recorded answers of the simulator. */
class PolicyInspectionTest {
  private static Place onLineOne(int start, int end) {
    return new Place(new Position(1, start), new Position(1, end));
  }

  private static Policy policy(String json) {
    return Policy.parse("test", json.replace('\'', '"'));
  }

  @Test
  void aSingleStatementBeginsAfterItsBrace() {
    assertThat(
            PolicyInspection.places(
                policy(
                    "{'Version':'2012-10-17','Statement':{'Effect':'Allow','Action':'dynamodb:*',"
                        + "'Resource':'*','Condition':{'DateGreaterThan':"
                        + "{'aws:CurrentTime':'2018-08-16T12:00:00Z'}}}}")))
        .containsExactly(onLineOne(38, 167));
  }

  @Test
  void aListedStatementBeginsWhereTheOneBeforeItEnds() {
    String one =
        "{'Action':['s3:GetObjectVersion','s3:GetObject'],'Effect':'Deny','NotResource':"
            + "['arn:aws:s3:::example-infra-9999-tfstate/envs/preview/*','arn:aws:s3:::x/*'],"
            + "'Sid':'DenyRead'}";
    String two = "{'Effect':'Allow','Action':'a:b','Resource':'*'}";

    assertThat(
            PolicyInspection.places(
                policy("{'Version':'2012-10-17','Statement':[" + one + "," + two + "]}")))
        .containsExactly(
            onLineOne(38, 38 + one.length()),
            onLineOne(38 + one.length(), 38 + one.length() + 1 + two.length()));
    assertThat(PolicyInspection.places(policy("{'Statement':[" + two + "]}")).getFirst())
        .isEqualTo(onLineOne(15, 15 + two.length()));
  }

  @Test
  void linesCount() {
    assertThat(
            PolicyInspection.places(
                policy(
                    """
                    {
                      'Version': '2012-10-17',
                      'Statement':[
                        {
                          'Effect': 'Allow', 'Action': 'a:b', 'Resource': '*'
                        }
                      ]
                    }
                    """)))
        .containsExactly(new Place(new Position(3, 16), new Position(6, 6)));
  }

  @Test
  void listsTheKeysThatAPolicyReads() {
    assertThat(
            PolicyInspection.contextKeys(
                policy(
                    "{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Action':'a:b',"
                        + "'Resource':'arn:${aws:username}/${*}','Condition':{'StringLike':"
                        + "{'aws:PrincipalTag/team':'${aws:userid}'},'Bool':{'AWS:username':'x'}}},"
                        + "{'Effect':'Deny','NotAction':'a:b','NotResource':['${aws:SourceIp}']}]}")))
        .containsExactly("aws:PrincipalTag/team", "aws:userid", "AWS:username", "aws:SourceIp");
    assertThat(
            PolicyInspection.contextKeys(
                policy(
                    "{'Statement':{'Effect':'Allow','Action':'a:b','Resource':'${aws:username}'}}")))
        .isEmpty();
  }
}
