using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;
using Xunit;

namespace Cofferdam.Vault.Tests;

/// <summary>
/// A server that has been taken over: it has a door, everything that it was ever sent, and can write to the vault's store.
/// What it has not is the browsers of the people, who are not there.
/// </summary>
public sealed class HostileServerTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    // The key's public half becomes another's; a key, a person, an engagement is gone or is made something else.
    private static readonly string[] Edits =
    [
        "UPDATE attestation SET content = (SELECT s.content FROM kept s WHERE s.kind = 3 AND s.id <> attestation.id) WHERE kind = 3",
        "UPDATE attestation SET mac = (SELECT s.mac FROM kept s WHERE s.kind = 3 AND s.id <> attestation.id) WHERE kind = 3",
        "UPDATE attestation SET version = version + 10 WHERE kind = 2",
        "UPDATE attestation SET kind = 4 WHERE kind = 2",
        "DELETE FROM attestation",
        "DELETE FROM attestation WHERE kind = 1",
        "DELETE FROM attestation WHERE kind = 2",
        "DELETE FROM attestation WHERE kind = 3 AND version = (SELECT max(version) FROM kept)",
    ];

    [Theory]
    [InlineData("sqlite over the socket")]
    [InlineData("postgres")]
    public async Task Server_WithEverythingThatItWasSent_OpensNothingForWhoIsNotThere(string database)
    {
        await using var at = await World.CreateAsync(database);
        var (vault, lab, person) = (at.Vault, at.Fixture.Lab, at.Vendor.Of(at.Subject));
        var earlier = await at.Browser.SignAsync(vault, at.Asking(at.Item, assignment: Guid.NewGuid()));
        (await vault.OpenAsync(earlier)).ShouldBeOfType<OpenOutcome.Opened>();
        var statement = at.Vendor.Statement(VendorNode.NewSubject(), at.Browser);
        var item = await at.Fixture.SealAsync("what it wants");
        using var own = new Browser();

        // A session cookie is all that the old server needed; the vault does not ask for one.
        await at.RefusedAsync(at.Asking(item) with { Session = Guid.NewGuid() });
        // What was signed before, for something else, with nonces new and old.
        await at.RefusedAsync(earlier);
        await at.RefusedAsync(at.Asking(item) with { Proof = earlier.Proof });
        await at.RefusedAsync(at.Asking(item) with { Proof = earlier.Proof! with { Nonce = (await vault.NoncesAsync(lab, at.Browser.Id, 1))[0] } });
        await at.RefusedAsync(at.Asking(item) with { ActId = Guid.NewGuid() });
        await at.RefusedAsync(at.Asking(item) with { Act = Act.Export, Purpose = Purpose.Deliver });
        await at.RefusedAsync(at.Asking(item) with { Act = Act.Send, Destination = Guid.NewGuid() });
        // A key of its own, under the person's name: by a statement that names another, by a statement of another, as staff.
        (await vault.VouchAsync(lab, statement, Principal.Service, own.PublicKey)).ShouldBe(new VouchOutcome.Refused(VouchFault.OtherKey));
        (await vault.VouchAsync(lab, at.Vendor.Statement(at.Subject), person, own.PublicKey)).ShouldBe(new VouchOutcome.Refused(VouchFault.OtherKey));
        (await vault.EnrolStaffKeyAsync(lab, person.Pseudonym, own.PublicKey, at.Fixture.Expert)).ShouldBeOfType<StaffKeyOutcome.Invalid>();
        var staff = (await vault.EnrolStaffKeyAsync(lab, at.Fixture.Expert.Pseudonym, own.PublicKey, at.Fixture.Expert)).ShouldBeOfType<StaffKeyOutcome.Enrolled>();
        own.Id = staff.Key;
        await at.RefusedAsync(await own.SignAsync(vault, at.Asking(item)));
        await at.RefusedAsync(await own.SignAsync(vault, at.Asking(item) with { Principal = person with { Engagement = null } }));
        await at.RefusedAsync(await own.SignAsync(vault, at.Asking(item) with { Principal = at.Fixture.Expert with { Engagement = at.Vendor.Engagement } }));
        // Under the person's name without the engagement, or another one; and anybody under the engagement.
        await at.RefusedAsync(at.Asking(item) with { Principal = person with { Engagement = null } });
        await at.RefusedAsync(at.Asking(item) with { Principal = person with { Engagement = Guid.NewGuid() } });
        await at.RefusedAsync(at.Asking(item) with { Principal = Principal.Person(Guid.NewGuid(), at.Vendor.Engagement) });
        // A nonce that it made itself, and one of another key.
        await at.RefusedAsync(at.Browser.Sign(at.Asking(item), Guid.NewGuid().ToByteArray().Concat(Guid.NewGuid().ToByteArray()).ToArray()));
        await at.RefusedAsync(at.Browser.Sign(at.Asking(item), (await vault.NoncesAsync(lab, own.Id, 1))[0]));
        // Of all that it tried nothing was opened, and each try has a receipt.
        var receipts = await vault.ReceiptsAsync(new ReceiptQuery(lab, Record: item.Id));
        receipts.ShouldAllBe(receipt => receipt.Refusal == RefusalReason.NotAttested);
        receipts.Count.ShouldBe(14);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Store_RowsOfPeopleAndKeysEditedWhileStopped_IsFoundAndNothingOpens(string database)
    {
        await using var at = await World.CreateAsync(database);
        using var stolen = await at.Vendor.EnrolAsync(VendorNode.NewSubject());
        await at.Vault.RevokeKeyAsync(at.Fixture.Lab, stolen.Id, at.Fixture.Expert);
        await at.Fixture.EditAsync("CREATE TABLE kept AS SELECT * FROM attestation");
        using var own = new Browser();
        foreach (var edit in database == "sqlite" ? Edits : [Edits[0], "DELETE FROM attestation"])
        {
            var asked = await at.Browser.SignAsync(at.Vault, at.Asking(at.Item));

            (await at.Fixture.EditAsync(edit)).ShouldBeGreaterThan(0);
            await at.Fixture.ReopenAsync();

            await NothingAsync(() => at.Vault.OpenAsync(asked).AsTask(), edit);
            await NothingAsync(() => at.Vault.OpenAsync(asked with { Proof = null }).AsTask(), edit);
            await Should.ThrowAsync<VaultStoreException>(() => at.Vault.EnrolStaffKeyAsync(at.Fixture.Lab, Guid.NewGuid(), own.PublicKey, at.Fixture.Expert));
            await Should.ThrowAsync<VaultStoreException>(() => at.Vault.SetTermsAsync(at.Fixture.Lab, at.Vendor.Terms(), at.Fixture.Expert));
            await at.Fixture.EditAsync("DELETE FROM attestation");
            await at.Fixture.EditAsync("INSERT INTO attestation SELECT * FROM kept");
            await at.Fixture.ReopenAsync();
            (await at.Vault.OpenAsync(asked)).ShouldBeOfType<OpenOutcome.Opened>("the right rows are back");
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Store_OlderRowPutBackWhileStopped_IsFound(string database)
    {
        await using var at = await World.CreateAsync(database);
        await at.Fixture.EditAsync("CREATE TABLE kept AS SELECT * FROM attestation");
        await at.Vault.RevokeKeyAsync(at.Fixture.Lab, at.Browser.Id, at.Fixture.Expert);
        var asked = await at.Browser.SignAsync(at.Vault, at.Asking(at.Item));

        await at.Fixture.EditAsync("DELETE FROM attestation");
        (await at.Fixture.EditAsync("INSERT INTO attestation SELECT * FROM kept")).ShouldBe(3);
        await at.RefusedAsync(asked);
        await at.Fixture.ReopenAsync();

        (await Should.ThrowAsync<VaultStoreException>(() => at.Vault.OpenAsync(asked).AsTask())).Message.ShouldContain("not as it was kept");
    }

    private static async Task NothingAsync(Func<Task<OpenOutcome>> open, string why)
    {
        try
        {
            (await open()).ShouldBeOfType<OpenOutcome.Refused>(why);
        }
        catch (VaultStoreException)
        {
            // Found.
        }
    }
}
