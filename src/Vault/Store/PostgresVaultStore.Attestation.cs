namespace Cofferdam.Vault.Store;

/// <content>Nonces: one statement over arrays.</content>
internal sealed partial class PostgresVaultStore
{
    public override IReadOnlyList<(long Lab, byte[] Nonce)> UseNonces(IReadOnlyList<(long Lab, byte[] Nonce)> nonces)
    {
        var command = Prepare("INSERT INTO used_nonce (lab, nonce) SELECT * FROM unnest(@lab, @nonce) ON CONFLICT DO NOTHING RETURNING lab, nonce");
        Set(command, "@lab", nonces.Select(x => x.Lab).ToArray());
        Set(command, "@nonce", nonces.Select(x => x.Nonce).ToArray());
        List<(long, byte[])> fresh = new(nonces.Count);
        using var r = command.ExecuteReader();
        while (r.Read())
            fresh.Add((r.GetInt64(0), ReadBytes(r, 1)));
        return fresh;
    }
}
