using System.Text;
using Cofferdam.TestKit;

namespace Cofferdam.Ledger.Tests;

public sealed class NoteTests
{
    [Fact]
    public void Open_PublishedCases_AgreesWithAll()
    {
        var count = 0;
        foreach (var test in Vectors.PublishedJson("signed-note/signed_note_cases.json").GetProperty("cases").EnumerateArray())
        {
            count++;
            var known = VerifierKey.TryParse(test.Text("vkey"), out var key);
            known.ShouldBe(test.Text("expected") != "invalid-vkey", test.Text("id"));
            if (!known)
                continue;
            var opening = SignedNote.Open(Encoding.UTF8.GetBytes(test.Text("note")), key!);
            (opening is NoteOpening.Opened).ShouldBe(test.Text("expected") == "valid", test.Text("id"));
            if (opening is not NoteOpening.Opened opened)
                continue;
            opened.Note.Text.ShouldBe(test.Text("text"));
            Encoding.UTF8.GetString(opened.Note.ToBytes()).ShouldBe(test.Text("note"));
            key!.ToString().ShouldBe(test.Text("vkey"));
        }

        count.ShouldBe(8);
    }

    [Fact]
    public void Open_ManyUnknownSignatures_AreIgnored()
    {
        var note = new Checkpoint(TestLogs.Origin, 0, MerkleTree.EmptyRoot).Sign(TestLogs.Log);
        for (byte i = 0; i < 40; i++)
            note = note.With(new LogSigner($"stranger.test/{i}", TestLogs.Seed((byte)(100 + i))).Sign("something else\n"));

        var opened = Checkpoint.Open(note.ToBytes(), TestLogs.Log.Verifier).ShouldBeOfType<CheckpointOpening.Opened>();

        opened.Note.Signatures.Count.ShouldBe(41);
        opened.Checkpoint.Size.ShouldBe(0);
    }

    [Fact]
    public void Open_FalseLineOfTheKnownKeyBesideATrueOne_IsRefused()
    {
        var note = new Checkpoint(TestLogs.Origin, 0, MerkleTree.EmptyRoot).Sign(TestLogs.Log);

        Checkpoint.Open(note.With(TestLogs.Log.Sign("something else\n")).ToBytes(), TestLogs.Log.Verifier).ShouldBeOfType<CheckpointOpening.FalseSignature>();
    }

    [Fact]
    public void Open_CheckpointOfAnotherLog_IsRefused()
    {
        var other = new LogSigner("lab.test/ledger/b", TestLogs.Seed(9));
        var text = new Checkpoint("lab.test/ledger/b", 0, MerkleTree.EmptyRoot).ToText();

        Checkpoint.Open(new SignedNote(text, [other.Sign(text)]).ToBytes(), TestLogs.Log.Verifier).ShouldBeOfType<CheckpointOpening.NotSigned>();
        Checkpoint.Open(new SignedNote(text, [TestLogs.Log.Sign(text)]).ToBytes(), TestLogs.Log.Verifier).ShouldBe(new CheckpointOpening.OtherLog("lab.test/ledger/b"));
    }

    [Theory]
    [InlineData("a\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("a\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("a\n9223372036854775808\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n")]
    [InlineData("a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU\n")]
    [InlineData("a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuA==\n")]
    [InlineData("a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData("a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n")]
    [InlineData("\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("a\n1\n")]
    public void TryParse_NotACheckpoint_IsFalse(string text) => Checkpoint.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void TryParse_Extensions_AreKept()
    {
        const string text = "a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nmore\n";

        Checkpoint.TryParse(text, out var checkpoint).ShouldBeTrue();

        checkpoint!.Extensions.ShouldBe(["more"]);
        checkpoint.ToText().ShouldBe(text);
    }

    [Fact]
    public void Verify_Cosignature_GivesItsTimeForItsTextAlone()
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(1_679_315_147);
        var signature = Cosignature.Sign(TestLogs.Witness, "a\n1\nb\n", time);

        Cosignature.Verify(TestLogs.Witness.Cosigner, "a\n1\nb\n", signature).ShouldBe(time);
        Cosignature.Verify(TestLogs.Witness.Cosigner, "a\n2\nb\n", signature).ShouldBeNull();
        Cosignature.Verify(TestLogs.OtherWitness.Cosigner, "a\n1\nb\n", signature).ShouldBeNull();
        Cosignature.Verify(TestLogs.Witness.Verifier, "a\n1\nb\n", signature).ShouldBeNull();
        var later = signature.Signature.ToArray();
        later[7] ^= 1;
        Cosignature.Verify(TestLogs.Witness.Cosigner, "a\n1\nb\n", signature with { Signature = later }).ShouldBeNull();
    }

    // The signed parts of the checkpoint printed in C2SP tlog-cosignature have no published keys; its form is read.
    [Fact]
    public void TryParse_CheckpointOfTheSpecification_IsWrittenAgainTheSame()
    {
        const string note = """
            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
            — witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==

            """;

        SignedNote.TryParse(Encoding.UTF8.GetBytes(note), out var parsed).ShouldBeTrue();

        Encoding.UTF8.GetString(parsed!.ToBytes()).ShouldBe(note);
        Checkpoint.TryParse(parsed.Text, out var checkpoint).ShouldBeTrue();
        checkpoint!.Size.ShouldBe(20_852_163);
    }
}
