namespace Cofferdam.Server.SignIn;

/// <summary>What people may be called on a node.</summary>
internal static class EnrolmentNames
{
    public const int Shortest = 2;
    public const int Longest = 40;

    public static bool Fits(string name) => name.Length is >= Shortest and <= Longest && name.All(IsLetter);

    public static bool IsLetter(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_';
}
