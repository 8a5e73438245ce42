namespace Cofferdam.Sealing.Recovery;

/// <summary>Arithmetic in GF(2⁸) with the polynomial of AES, x⁸ + x⁴ + x³ + x + 1.</summary>
/// <remarks>No tables and no branches on values: time and cache say nothing about a secret.</remarks>
internal static class GaloisField
{
    public static byte Multiply(byte a, byte b)
    {
        int product = 0, factor = a;
        for (var bit = 0; bit < 8; bit++)
        {
            product ^= -((b >> bit) & 1) & factor;
            factor = (factor << 1) ^ (-(factor >> 7) & 0x11B);
        }

        return (byte)product;
    }

    /// <summary>a⁻¹ = a²⁵⁴; zero for zero.</summary>
    public static byte Invert(byte a)
    {
        byte result = 1;
        for (var bit = 7; bit >= 0; bit--)
        {
            result = Multiply(result, result);
            if ((254 >> bit & 1) == 1)
                result = Multiply(result, a);
        }

        return result;
    }
}
