namespace Cofferdam.Vault.Store;

/// <content>Nonces: one prepared statement per nonce.</content>
internal sealed partial class SqliteVaultStore
{
    public override IReadOnlyList<(long Lab, byte[] Nonce)> UseNonces(IReadOnlyList<(long Lab, byte[] Nonce)> nonces)
    {
        var command = Prepare("INSERT INTO used_nonce (lab, nonce) VALUES ($lab, $nonce) ON CONFLICT DO NOTHING");
        List<(long, byte[])> fresh = new(nonces.Count);
        foreach (var nonce in nonces)
        {
            Set(command, 0, "$lab", nonce.Lab);
            Set(command, 1, "$nonce", nonce.Nonce);
            if (command.ExecuteNonQuery() == 1)
                fresh.Add(nonce);
        }

        return fresh;
    }
}
