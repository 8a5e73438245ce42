using System.Text;
using Cofferdam.Ledger;
using Xunit;

namespace Cofferdam.Witness.Tests;

/// <summary>C2SP tlog-witness, over real HTTP.</summary>
public sealed class AddCheckpointTests
{
    private readonly TestLog log = new("node.example/ledger/lab");

    [Fact]
    public async Task AddCheckpoint_GrowingLog_IsCosignedAtEachSizeAndServed()
    {
        await using var witness = await RunningWitness.StartAsync("witness.example/1", log);

        foreach (var (old, size) in ((long, long)[])[(0, 3), (3, 3), (3, 4), (4, 7), (7, 8), (8, 21)])
        {
            var answer = await witness.AddAsync(log.Submission(old, size));

            answer.Status.ShouldBe(200, $"{old} to {size}: {answer.Body}");
            NoteSignature.TryParse(answer.Body.TrimEnd('\n'), out var line).ShouldBeTrue();
            Cosignature.Verify(witness.Key, log.Checkpoint(size).Text, line!).ShouldNotBeNull();
        }

        var newest = await witness.GetAsync($"{TestLog.IdOf(log.Origin)}/checkpoint");
        newest.Status.ShouldBe(200);
        var opened = SignedNote.Open(Encoding.UTF8.GetBytes(newest.Body), log.Key.Verifier, witness.Key).ShouldBeOfType<NoteOpening.Opened>();
        opened.Signers.Count.ShouldBe(2);
        opened.Note.Text.ShouldBe(log.Checkpoint(21).Text);
        (await witness.GetAsync($"{new string('0', 64)}/checkpoint")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task AddCheckpoint_WhatTheRulesForbid_IsRefusedByItsOwnStatus()
    {
        await using var witness = await RunningWitness.StartAsync("witness.example/1", log);
        var stranger = new TestLog("other.example/log");
        var impostor = new TestLog(log.Origin);
        (await witness.AddAsync(log.Submission(0, 5))).Status.ShouldBe(200);
        var unsigned = log.Checkpoint(6) with { Signatures = stranger.Checkpoint(6).Signatures };
        var falsely = log.Checkpoint(6) with { Signatures = log.Checkpoint(7).Signatures };
        var text = Encoding.UTF8.GetString(log.Submission(5, 6).ToBytes());

        (string Why, byte[] Body, int Status)[] cases =
        [
            ("an origin that is not watched", stranger.Submission(0, 3).ToBytes(), 404),
            ("no line of the log's", new CheckpointSubmission(5, [], unsigned.ToBytes()).ToBytes(), 403),
            ("a false line of the log's", new CheckpointSubmission(5, [], falsely.ToBytes()).ToBytes(), 403),
            ("another key of that name", impostor.Submission(5, 6).ToBytes(), 403),
            ("old beyond the size", log.Submission(6, 5).ToBytes(), 400),
            ("no request", "old 5\n"u8.ToArray(), 400),
            ("a leading zero", Encoding.UTF8.GetBytes(text.Replace("old 5", "old 05", StringComparison.Ordinal)), 400),
            ("a minus", Encoding.UTF8.GetBytes(text.Replace("old 5", "old -5", StringComparison.Ordinal)), 400),
            ("64 hashes", new CheckpointSubmission(5, [.. Enumerable.Repeat(new ReadOnlyMemory<byte>(new byte[32]), 64)], log.Checkpoint(6).ToBytes()).ToBytes(), 400),
            ("a short hash", new CheckpointSubmission(5, [new byte[31]], log.Checkpoint(6).ToBytes()).ToBytes(), 400),
            ("too large", new byte[100_000], 413),
            ("an older size", log.Submission(4, 6).ToBytes(), 409),
            ("from nothing", log.Submission(0, 6).ToBytes(), 409),
            ("no proof", (log.Submission(5, 6) with { Proof = [] }).ToBytes(), 422),
            ("a false proof", (log.Submission(5, 6) with { Proof = [.. log.Submission(5, 6).Proof.Select(_ => new ReadOnlyMemory<byte>(new byte[32]))] }).ToBytes(), 422),
            ("another history", log.Fork().Submission(5, 6).ToBytes(), 422),
            ("another root at the same size", log.Fork().Submission(5, 5).ToBytes(), 422),
            ("a proof of nothing", (log.Submission(5, 5) with { Proof = [new byte[32]] }).ToBytes(), 422),
        ];
        foreach (var (why, body, status) in cases)
        {
            var answer = await witness.AddAsync(body);
            answer.Status.ShouldBe(status, why);
            if (status == 409)
                (answer.Body, answer.Type!.ToString()).ShouldBe(("5\n", "text/x.tlog.size"));
        }

        (await witness.AddAsync(log.Submission(5, 6))).Status.ShouldBe(200, "none of it moved the witness");
    }

    [Fact]
    public async Task AddCheckpoint_FirstWithProofOrFalseEmptyRoot_IsRefused()
    {
        await using var witness = await RunningWitness.StartAsync("witness.example/1", log);
        var falseEmpty = new Checkpoint(log.Origin, 0, new byte[32]).Sign(log.Key);

        (await witness.AddAsync(log.Submission(0, 3) with { Proof = [new byte[32]] })).Status.ShouldBe(422);
        (await witness.AddAsync(new CheckpointSubmission(0, [], falseEmpty.ToBytes()))).Status.ShouldBe(422);

        (await witness.AddAsync(log.Submission(0, 0))).Status.ShouldBe(200);
        (await witness.AddAsync(log.Submission(0, 3))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task AddCheckpoint_ManyAtOnceFromTheSameSize_CosignsExactlyOneHistory()
    {
        await using var witness = await RunningWitness.StartAsync("witness.example/1", log);
        (await witness.AddAsync(log.Submission(0, 4))).Status.ShouldBe(200);

        // The rollback of the protocol's example: 5 and 6 are both checked against 4, and 5 must not be written after 6.
        for (long size = 4; size < 64; size += 2)
        {
            var answers = await Task.WhenAll(
                witness.AddAsync(log.Submission(size, size + 1)),
                witness.AddAsync(log.Submission(size, size + 2)));

            answers.Select(answer => answer.Status).Order().ShouldBe([200, 409]);
            var now = answers[0].Status == 200 ? size + 1 : size + 2;
            answers.Single(answer => answer.Status == 409).Body.ShouldBe($"{now}\n");
            if (now == size + 1)
                (await witness.AddAsync(log.Submission(now, size + 2))).Status.ShouldBe(200);
        }
    }

    [Fact]
    public async Task AddCheckpoint_TwoForksToOneWitness_CosignsTheFirstAlone()
    {
        await using var witness = await RunningWitness.StartAsync("witness.example/1", log);
        var fork = log.Fork();

        var answers = await Task.WhenAll(witness.AddAsync(log.Submission(0, 5)), witness.AddAsync(fork.Submission(0, 5)));

        answers.Select(answer => answer.Status).Order().ShouldBe([200, 409]);
        var second = answers[0].Status == 200 ? fork : log;
        (await witness.AddAsync(second.Submission(5, 5))).Status.ShouldBe(422);
        (await witness.AddAsync(second.Submission(5, 9))).Status.ShouldBe(422);
    }

    [Fact]
    public async Task AddCheckpoint_TwoForksToTwoWitnesses_LeaveTwoSignedCheckpointsThatProveIt()
    {
        await using var one = await RunningWitness.StartAsync("one.example/w", log);
        await using var two = await RunningWitness.StartAsync("two.example/w", log);
        var fork = log.Fork();

        (await one.AddAsync(log.Submission(0, 5))).Status.ShouldBe(200);
        (await two.AddAsync(fork.Submission(0, 5))).Status.ShouldBe(200);

        // Neither gets a second cosignature, and what the witnesses serve shows the fork under the log's own key.
        (await one.AddAsync(fork.Submission(5, 6))).Status.ShouldBe(422);
        (await two.AddAsync(log.Submission(5, 6))).Status.ShouldBe(422);
        var id = TestLog.IdOf(log.Origin);
        var seen = new[] { await one.GetAsync($"{id}/checkpoint"), await two.GetAsync($"{id}/checkpoint") }
            .Select(answer => Checkpoint.Open(Encoding.UTF8.GetBytes(answer.Body), log.Key.Verifier).ShouldBeOfType<CheckpointOpening.Opened>().Checkpoint)
            .ToArray();
        seen[0].Size.ShouldBe(seen[1].Size);
        seen[0].IsSameTreeAs(seen[1]).ShouldBeFalse();
    }
}
