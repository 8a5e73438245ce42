namespace Cofferdam.Sealing.Tests;

public sealed class CustodianChoiceTests
{
    [Theory]
    [InlineData("file", "file", true)]
    [InlineData("file:passphrase-file=/etc/cofferdam/passphrase", "file+passphrase", true)]
    [InlineData("file:passphrase-env=COFFERDAM_PASSPHRASE", "file+passphrase", true)]
    [InlineData("pkcs11:library=/usr/lib/softhsm/libsofthsm2.so;token=cofferdam;pin-file=/etc/cofferdam/pin", "pkcs11", false)]
    [InlineData("transit:url=https://bao.example:8200;token-file=/run/token;mount=transit;namespace=a", "transit", false)]
    [InlineData("transit:url=http://127.0.0.1:8200;token-file=/run/token", "transit", false)]
    [InlineData("aws-kms:region=eu-central-1;credentials-file=/etc/cofferdam/aws;waiting-days=7;endpoint=https://kms.example/", "aws-kms", false)]
    public void Create_EachKind_IsThatCustodian(string line, string name, bool evaluation)
    {
        using var custodian = CustodianChoice.Parse(line).Create("/nowhere");
        custodian.Name.ShouldBe(name);
        custodian.Evaluation.ShouldBe(evaluation);
    }

    [Theory]
    [InlineData("", "no custodian \"\"")]
    [InlineData("vault", "no custodian \"vault\"")]
    [InlineData("pkcs11", "needs library")]
    [InlineData("pkcs11:library=/l;token=t", "needs pin-file")]
    [InlineData("transit:url=http://bao.example;token-file=/t", "not an https:// address")]
    [InlineData("aws-kms:region=evil.example/", "no region")]
    [InlineData("aws-kms:region=eu-central-1;waiting-days=3", "from 7 to 30")]
    [InlineData("file:passphrase=secret", "knows no passphrase")]
    [InlineData("file:passphrase-file=a;passphrase-file=b", "twice")]
    [InlineData("file:passphrase-file=a;passphrase-env=b", "not both")]
    [InlineData("file:passphrase-file", "is not name=value")]
    public void Parse_LineThatSaysTooLittle_SaysWhatIsMissing(string line, string said) =>
        Should.Throw<FormatException>(() => CustodianChoice.Parse(line)).Message.ShouldContain(said);
}
