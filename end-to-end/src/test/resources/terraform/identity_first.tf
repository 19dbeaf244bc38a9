# SPDX-License-Identifier: Apache-2.0

data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "read" {
  statement {
    sid       = "Read"
    actions   = ["dynamodb:GetItem", "dynamodb:Query"]
    resources = ["arn:aws:dynamodb:us-east-1:${data.aws_caller_identity.current.account_id}:table/chat"]
  }
}

data "aws_iam_policy" "read_only" {
  name = "ReadOnlyAccess"
}

resource "aws_iam_policy" "read" {
  name        = "identity-read"
  path        = "/app/"
  description = "Reads the table"
  policy      = data.aws_iam_policy_document.read.json
  tags        = { step = "one" }
}

resource "aws_iam_user" "ann" {
  name                 = "identity-ann"
  path                 = "/people/"
  permissions_boundary = data.aws_iam_policy.read_only.arn
  tags                 = { step = "one" }
}

resource "aws_iam_user" "bob" {
  name = "identity-bob"
}

resource "aws_iam_user_login_profile" "ann" {
  user                    = aws_iam_user.ann.name
  password_reset_required = true
}

resource "aws_iam_access_key" "ann" {
  user = aws_iam_user.ann.name
}

resource "aws_iam_user_policy" "ann" {
  name   = "own"
  user   = aws_iam_user.ann.name
  policy = data.aws_iam_policy_document.read.json
}

resource "aws_iam_user_policy_attachment" "ann" {
  user       = aws_iam_user.ann.name
  policy_arn = aws_iam_policy.read.arn
}

resource "aws_iam_group" "staff" {
  name = "identity-staff"
}

resource "aws_iam_group_policy" "staff" {
  name   = "own"
  group  = aws_iam_group.staff.name
  policy = data.aws_iam_policy_document.read.json
}

resource "aws_iam_group_policy_attachment" "staff" {
  group      = aws_iam_group.staff.name
  policy_arn = "arn:aws:iam::aws:policy/IAMReadOnlyAccess"
}

resource "aws_iam_group_membership" "staff" {
  name  = "staff"
  group = aws_iam_group.staff.name
  users = [aws_iam_user.ann.name]
}

resource "aws_iam_user_group_membership" "bob" {
  user   = aws_iam_user.bob.name
  groups = [aws_iam_group.crew.name]
}

resource "aws_iam_group" "crew" {
  name = "identity-crew"
}

resource "aws_iam_group" "guests" {
  name = "identity-guests"
}

resource "aws_iam_role" "server" {
  name                 = "identity-server"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  permissions_boundary = aws_iam_policy.read.arn
  max_session_duration = 7200
}

resource "aws_iam_role_policy" "server" {
  name   = "own"
  role   = aws_iam_role.server.id
  policy = data.aws_iam_policy_document.read.json
}

resource "aws_iam_role_policy_attachment" "server" {
  role       = aws_iam_role.server.name
  policy_arn = aws_iam_policy.read.arn
}

resource "aws_iam_instance_profile" "server" {
  name = "identity-server"
  role = aws_iam_role.server.name
  tags = { step = "one" }
}

resource "aws_iam_openid_connect_provider" "ci" {
  url             = "https://token.example.com"
  client_id_list  = ["sts.amazonaws.com"]
  thumbprint_list = ["0123456789012345678901234567890123456789"]
}

resource "aws_iam_service_linked_role" "appsync" {
  aws_service_name = "appsync.amazonaws.com"
}

resource "aws_iam_account_alias" "alias" {
  account_alias = "identity-chat"
}

output "key" {
  value = aws_iam_access_key.ann.id
}

output "ann" {
  value = aws_iam_user.ann.arn
}
